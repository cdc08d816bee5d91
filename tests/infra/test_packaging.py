"""Packages depend on the sources alone, not on the machine, its Python or the time."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from infra import archive, layer, package, runtime
from infra.system import FUNCTIONS
from infra.template import build as template_of
from local.places import ROOT

ENTRIES = {"b.py": b"second", "a/c.json": b"{}", "a.py": b"first"}


class TestArchives:
    def test_bytes_do_not_depend_on_the_order_of_entries(self, tmp_path: Path) -> None:
        for name, entries in (("one", ENTRIES), ("other", dict(reversed(ENTRIES.items())))):
            archive.write(tmp_path / name, entries)

        assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()

    def test_bytes_do_not_depend_on_time_and_machine(self, tmp_path: Path) -> None:
        archive.write(tmp_path / "made.zip", ENTRIES)

        with zipfile.ZipFile(tmp_path / "made.zip") as made:
            stamps = {(entry.date_time, entry.external_attr >> 16, entry.create_system) for entry in made.infolist()}
        assert stamps == {((1980, 1, 1, 0, 0, 0), 0o100644, 3)}
        assert archive.read(tmp_path / "made.zip") == ENTRIES


class TestLayer:
    @pytest.mark.parametrize(
        ("in_wheel", "in_layer"),
        [
            ("six.py", "six.py"),
            ("six-1.0.dist-info/METADATA", "six-1.0.dist-info/METADATA"),
            ("some-1.0.data/purelib/some/part.py", "some/part.py"),
            ("some-1.0.data/platlib/some/part.so", "some/part.so"),
            ("some-1.0.data/scripts/some", None),
            ("some/x.data/scripts/y", "some/x.data/scripts/y"),
        ],
    )
    def test_has_the_libraries_of_a_wheel_but_not_its_scripts(self, in_wheel: str, in_layer: str | None) -> None:
        assert layer.installed_as(in_wheel) == in_layer

    @pytest.mark.parametrize(
        ("name", "used"),
        [
            ("botocore/data/sqs/x.json", True),
            ("botocore/data/ec2/x.json", False),
            ("botocore/data/endpoints.json", True),
        ],
    )
    def test_has_no_models_of_services_that_are_not_called(self, name: str, used: bool) -> None:
        assert layer.is_used(name) is used

    def test_refuses_a_file_whose_hash_is_not_locked(self, tmp_path: Path) -> None:
        wheel = tmp_path / "forged-1.0-py3-none-any.whl"
        described = "Metadata-Version: 2.1\nName: forged\nVersion: 1.0\n"
        archive.write(wheel, {"forged.py": b"", "forged-1.0.dist-info/METADATA": described.encode()})
        locked = tmp_path / "requirements.txt"
        locked.write_text(f"forged @ {wheel.as_uri()} --hash=sha256:{'0' * 64}\n")

        with pytest.raises(layer.NotDownloaded, match="DO NOT MATCH THE HASHES"):
            layer.build(locked, runtime.PYTHON, "arm64", tmp_path / "layer.zip", tmp_path / "cache")
        assert not (tmp_path / "layer.zip").exists()


class TestRuntime:
    @pytest.mark.parametrize("packager", [(3, 11), (3, 13)])
    def test_on_aws_does_not_depend_on_the_packaging_python(
        self, packager: tuple[int, int], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("infra.runtime.sys", SimpleNamespace(version_info=(*packager, 0)))
        resources = template_of("production")["Resources"]

        assert {resources[each.logical_id]["Properties"]["Runtime"] for each in FUNCTIONS} == {"python3.11"}
        assert resources["ManagedLayer"]["Properties"]["CompatibleRuntimes"] == ["python3.11"]

    def test_on_the_local_cloud_is_that_of_this_machine(self) -> None:
        assert runtime.python_of("local") == sys.version_info[:2]

    def test_wheels_do_not_need_a_newer_libc(self) -> None:
        old, new = (runtime.wheel_platforms(python, "x86_64") for python in ((3, 11), (3, 13)))

        assert "manylinux_2_26_x86_64" in old
        assert "manylinux_2_28_x86_64" not in old
        assert "manylinux_2_34_x86_64" in new


@pytest.mark.package
@pytest.mark.xdist_group("package")
def test_packaging_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    package.build("production", tmp_path / "one")
    again = [sys.executable, "-m", "infra.package", "--stage", "production", "--out", str(tmp_path / "two")]
    other_machine = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "AWS_DEFAULT_REGION": "eu-west-3"}
    subprocess.run(again, cwd=ROOT, env=other_machine, umask=0o077, check=True, stdout=subprocess.DEVNULL)

    for name in ("sam.json", "deployment.zip", "layer-deployment.zip"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name


class TestOwnBridgeTypes:
    def test_are_packaged_from_the_file_that_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        catalog = ROOT / "chalicelib/catalog/catalog.json"
        before = package.fingerprint("local")
        monkeypatch.setenv("BRIDGE_TYPES", str(catalog))
        assert package.own_bridge_types() == {"chalicelib/catalog/own_types.json": catalog.read_bytes()}
        assert package.fingerprint("local") != before

    @pytest.mark.parametrize("content", [None, "[{}]", "not JSON"])
    def test_that_cannot_be_used_stop_the_packaging(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str | None
    ) -> None:
        file = tmp_path / "types.json"
        if content is not None:
            file.write_text(content)
        monkeypatch.setenv("BRIDGE_TYPES", str(file))
        with pytest.raises(package.PackagingFailed, match="BRIDGE_TYPES"):
            package.own_bridge_types()
