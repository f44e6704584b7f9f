"""The door by which desks at checkpoints send what they took down."""
