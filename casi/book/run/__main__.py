"""Run notebooks in place and store their outputs: `python -m casi.book.run PATH ...`."""

import sys

from casi.book.run.store import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
