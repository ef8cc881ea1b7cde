"""What is shipped: wheel, sdist, container recipe, lock files; and that each works away from the repository."""

import hashlib
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml
from dockerfile_parse import DockerfileParser

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
VERSION = PROJECT["project"]["version"]
LEFT_OUT = shutil.ignore_patterns(".venv", ".git", "__pycache__", ".*_cache", ".hypothesis", "dist", "build", "*.db*")


def run(*command, cwd, env=None, timeout=300):
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=env, capture_output=True, text=True, timeout=timeout, check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def build(folder, source=ROOT):
    """Wheel and sdist of a copy of `source`, made in `folder`."""
    shutil.copytree(source, folder / "tree", ignore=LEFT_OUT)
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1767225600"}
    run(
        sys.executable,
        "-m",
        "build",
        "--no-isolation",
        "--outdir",
        folder / "dist",
        cwd=folder / "tree",
        env=environment,
    )
    (wheel,) = (folder / "dist").glob("*.whl")
    (sdist,) = (folder / "dist").glob("*.tar.gz")
    return wheel, sdist


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return build(tmp_path_factory.mktemp("first"))


def test_building_twice_gives_the_same_bytes(built, tmp_path):
    tree = built[0].parents[1] / "tree"
    for path in tree.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
        path.chmod(path.stat().st_mode & 0o700)
    again = build(tmp_path, tree)
    assert [digest(path) for path in again] == [digest(path) for path in built]


def test_the_wheel_carries_all_that_is_not_code(built):
    names = set(zipfile.ZipFile(built[0]).namelist())
    shipped = {
        path.relative_to(ROOT).as_posix()
        for package in ("monitor", "alerts")
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert shipped <= names, shipped - names
    assert {"monitor/py.typed", "alerts/py.typed", "monitor/data/feeds.yaml", "monitor/rules/default.yaml"} <= names
    assert {Path(name).suffix for name in names} >= {".py", ".yaml", ".txt", ".json", ".typed"}
    assert not [
        name for name in names if name.split("/")[0] not in ("monitor", "alerts", f"chipwire-{VERSION}.dist-info")
    ]


def test_the_sdist_carries_what_a_checkout_needs(built):
    with tarfile.open(built[1]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    for wanted in ("Makefile", "README.md", "Dockerfile", "compose.yaml", "feeds.yaml", "requirements/users.txt"):
        assert wanted in names
    assert {"tests/test_packaging.py", "docs/architecture.md", "monitor/py.typed"} <= names


@pytest.fixture(scope="module")
def bare(built, tmp_path_factory):
    """A virtual environment outside the repository with the wheel; its dependencies are those of this one."""
    folder = tmp_path_factory.mktemp("bare")
    run(sys.executable, "-m", "venv", "--without-pip", folder / "venv", cwd=folder)
    python = folder / "venv/bin/python"
    pip = [sys.executable, "-m", "pip", "--python", python]
    run(*pip, "install", "-q", "--no-index", "--no-deps", built[0], cwd=folder)
    site = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip())
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder


@pytest.fixture
def chipwire(bare):
    """The installed console script, run in a folder of its own with nothing of ours in the environment."""
    desk = bare / "desk"
    desk.mkdir(exist_ok=True)

    def call(*arguments, **more):
        return subprocess.run(
            [bare / "venv/bin/chipwire", *arguments],
            cwd=desk,
            env={"PATH": "/usr/bin:/bin", "HOME": str(desk)},
            capture_output=True,
            text=True,
            timeout=110,
            check=False,
            **more,
        )

    return call


def test_the_wheel_runs_from_its_own_files(bare, chipwire):
    python = bare / "venv/bin/python"
    where = run(python, "-c", "import monitor, alerts; print(monitor.__file__, alerts.__file__)", cwd=bare, env={})
    assert str(ROOT) not in where
    assert chipwire("--version").stdout == f"chipwire {VERSION}\n"


def test_the_wheel_extracts_with_the_shipped_packs_and_tables(chipwire):
    article = {"id": 7, "title": "Alibaba has shipped more than 100,000 Zhenwu 810E chips", "text": ""}
    done = chipwire("extract", input=json.dumps(article) + "\n")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert (answer["id"], answer["claims"][0]["value"]) == (7, 100000)
    assert {mention["entity"] for mention in answer["mentions"]} == {"alibaba", "zhenwu-810e"}


def test_the_wheel_checks_the_shipped_file(bare, chipwire):
    shipped = next((bare / "venv/lib").glob("python*/site-packages/monitor/data/feeds.yaml"))
    done = chipwire("check", "--config", str(shipped))
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_wheel_runs_the_demo(chipwire):
    done = chipwire("demo", "--speed", "20")
    assert done.returncode == 0, done.stderr
    assert "Alibaba has shipped more than 100,000 Zhenwu 810E" in done.stdout


def test_both_shipped_files_are_one():
    assert (ROOT / "feeds.yaml").read_bytes() == (ROOT / "monitor/data/feeds.yaml").read_bytes()


def locked(name):
    text = (ROOT / "requirements" / name).read_text()
    assert "://" not in text, "a lock file names no host"
    lines = re.findall(
        r"^([a-z0-9.-]+)==\S+(?: ; [^\\]+)? \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", text, re.M
    )
    assert len(lines) == len(re.findall(r"^[a-z0-9]", text, re.M)), "every line has hashes"
    return {line[0] for line in lines}


def wanted(requirements):
    names = [re.match(r"[A-Za-z0-9._-]+", line)[0] for line in requirements if isinstance(line, str)]
    return {re.sub(r"[-_.]+", "-", name).lower() for name in names}


def test_lock_files_hold_what_the_project_asks_for():
    users = {re.sub(r"[-_.]+", "-", name) for name in locked("users.txt")}
    dev = {re.sub(r"[-_.]+", "-", name) for name in locked("dev.txt")}
    groups = PROJECT["dependency-groups"]
    assert wanted(PROJECT["project"]["dependencies"]) <= users, "run `make lock`"
    assert wanted(groups["dev"]) | wanted(groups["build"]) <= dev, "run `make lock`"
    assert users <= dev, "run `make lock`"
    assert wanted(groups["build"]) <= locked("build.txt"), "run `make lock`"


# The container


def test_the_dockerfile_passes_the_linter():
    run(Path(sysconfig.get_path("scripts")) / "hadolint", "--failure-threshold", "style", ROOT / "Dockerfile", cwd=ROOT)


def steps():
    return [
        (step["instruction"], step["value"])
        for step in DockerfileParser(str(ROOT / "Dockerfile")).structure
        if step["instruction"] != "COMMENT"
    ]


def test_the_image_is_what_the_operations_manual_says():
    stages = [value for name, value in steps() if name == "FROM"]
    assert len(stages) == 2
    assert all(":" in stage for stage in stages)
    last = dict(steps())
    assert last["USER"] == "10001:10001"
    assert last["VOLUME"] == "/data"
    assert last["HEALTHCHECK"].endswith('CMD ["chipwire", "status", "--check"]')
    assert (last["ENTRYPOINT"], last["CMD"]) == ('["chipwire"]', '["run"]')


def test_compose_gives_the_container_nothing_it_does_not_need():
    service = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]["chipwire"]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["read_only"] is True
    assert service["volumes"] == ["./desk:/data"]
    assert service["image"] == f"chipwire:{VERSION}"


def ignored(path):
    """Whether .dockerignore keeps a path of the repository out of the build."""
    lines = (ROOT / ".dockerignore").read_text().split()
    allowed = [line[1:] for line in lines if line.startswith("!")]
    return not any(path == name or path.startswith(name + "/") for name in allowed)


class Recipe:
    """Carries out the Dockerfile's steps in a folder: absolute paths lie under it, the base image is this Python."""

    def __init__(self, folder):
        self.folder, self.workdir = folder, "/"
        scripts = Path(sysconfig.get_path("scripts"))
        self.environment = {**os.environ, "PATH": f"{scripts}:/usr/bin:/bin", "HOME": str(folder)}

    def place(self, path):
        return self.folder / (path if path.startswith("/") else f"{self.workdir}/{path}").lstrip("/")

    def mapped(self, text):
        return re.sub(r"(?<![\w.*])/(?=(opt|src|data)\b)", f"{self.folder}/", text)

    def step(self, instruction, value):
        if instruction == "WORKDIR":
            self.workdir = value
            self.place("").mkdir(parents=True, exist_ok=True)
        elif instruction == "COPY" and "--from" not in value:
            *sources, target = value.split()
            for source in sources:
                assert not ignored(source), f".dockerignore keeps {source} out"
                self.copy(ROOT / source, self.place(target), into=target.endswith("/"))
        elif instruction == "RUN":
            run("/bin/sh", "-c", self.mapped(value), cwd=self.place(""), env=self.environment, timeout=600)

    def copy(self, source, target, *, into):
        if source.is_dir():
            shutil.copytree(source, target, ignore=LEFT_OUT)
        else:
            target = target / source.name if into else target
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)


@pytest.fixture(scope="module")
def image(tmp_path_factory):
    recipe = Recipe(tmp_path_factory.mktemp("image"))
    try:
        for instruction, value in steps():
            recipe.step(instruction, value)
    except AssertionError as error:
        if re.search(r"No matching distribution|Temporary failure|Network is unreachable|Max retries", str(error)):
            pytest.skip("the RUN steps ask the package registry, which cannot be reached")
        raise
    return recipe.folder


def test_the_run_steps_make_an_image_that_works(image, tmp_path):
    environment = {
        "PATH": f"{image}/opt/chipwire/bin:/usr/bin:/bin",
        "HOME": str(tmp_path),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    folder = image / "data"
    assert run("chipwire", "--version", cwd=folder, env=environment) == f"chipwire {VERSION}\n"
    shutil.copy(ROOT / "feeds.yaml", folder)
    assert "Federal Register" in run("chipwire", "check", cwd=folder, env=environment)
    health = subprocess.run(
        ["chipwire", "status", "--check"], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert health.returncode == 1, "no daemon runs"


def test_only_data_is_written_by_what_runs(image, tmp_path):
    """The root of the container is read-only: here, everything but /data loses its write permission."""
    installed = image / "opt/chipwire"
    seen = {path: path.stat().st_mtime_ns for path in installed.rglob("*")}
    desk = tmp_path / "data"
    desk.mkdir()
    (desk / "feeds.yaml").write_text("feeds: []\n")
    environment = {
        "PATH": f"{installed}/bin:/usr/bin:/bin",
        "HOME": str(tmp_path / "none"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    run("chipwire", "run", "--once", cwd=desk, env=environment)
    assert {path: path.stat().st_mtime_ns for path in installed.rglob("*")} == seen
    assert sorted(path.name for path in desk.iterdir() if path.suffix != ".lock") == ["chipwire.db", "feeds.yaml"]
    assert stat.S_IMODE((desk / "chipwire.db").stat().st_mode) == 0o600
    assert not (tmp_path / "none").exists()
