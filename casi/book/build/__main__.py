"""Build the web book: `python -m casi.book.build`; or the pages that another edition needs."""

import sys

from casi.book.build.build import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
