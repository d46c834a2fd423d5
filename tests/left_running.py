"""A test run that starts what tests start and then waits to be killed; not collected by itself.

Writes the temporary folder of the run into the file that ES_TELL names, once all is running.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from tests.postgres import Postgres
from tests.web.server_process import served

pytestmark = pytest.mark.process


def test_waits_with_a_server_and_a_database(postgres: Postgres, tmp_path: Path) -> None:
    postgres.new_database()
    stubborn = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"
    command = [sys.executable, "-m", "tests.web.server_process", str(tmp_path)]
    with subprocess.Popen([sys.executable, "-c", stubborn]) as child, served(command, tmp_path):
        Path(os.environ["ES_TELL"]).write_text(tempfile.gettempdir())
        time.sleep(600)
        child.kill()
