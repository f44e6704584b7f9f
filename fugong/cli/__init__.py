"""The `fugong` command line: one module a command: `add_arguments(parser)`, `run(arguments) -> int`."""
