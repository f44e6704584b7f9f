import sys

from fugong.cli.main import main

sys.exit(main())
