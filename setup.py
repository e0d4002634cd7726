"""Put the tables beside the code, as `casi/data`: a package has no folder above `casi/`.

An editable installation reads them where they are. All else is in pyproject.toml.
"""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent
BESIDES = ("references.bib", "LICENSE-DATA.md")


class BuildWithTables(build_py):
    """Build the package with the tables, their descriptor, the bibliography and the terms."""

    def run(self) -> None:
        """Build the modules, then copy the tables."""
        super().run()
        if not self.editable_mode:
            target = Path(self.build_lib) / "casi" / "data"
            target.mkdir(parents=True, exist_ok=True)
            for path in [*sorted((ROOT / "data").iterdir()), *(ROOT / name for name in BESIDES)]:
                shutil.copyfile(path, target / path.name)


setup(cmdclass={"build_py": BuildWithTables})
