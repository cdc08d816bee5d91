"""The artefact is uploaded to a bucket of the account itself, or not at all."""

from pathlib import Path

import boto3
import pytest
from botocore.stub import Stubber

from local import deployment
from local.errors import LocalError

pytestmark = pytest.mark.usefixtures("cloud")

ACCOUNT = "123456789012"


@pytest.fixture
def artefact(tmp_path: Path) -> Path:
    for name in deployment.ARCHIVES:
        (tmp_path / name).write_bytes(b"code")
    (tmp_path / "sam.json").write_text('{"CodeUri": "./deployment.zip"}')
    return tmp_path


def test_the_bucket_is_created_if_it_does_not_exist(artefact: Path) -> None:
    s3 = boto3.client("s3")
    first, second = (deployment.upload(s3, artefact, "artefacts", ACCOUNT) for _ in range(2))
    stored = [each["Key"] for each in s3.list_objects_v2(Bucket="artefacts")["Contents"]]
    assert first == second
    # Both archives have the same content in this test.
    assert sorted(name.rpartition(".")[2] for name in stored) == ["json", "zip"]
    assert (
        s3.get_object(Bucket="artefacts", Key=first.rpartition("/")[2])["Body"]
        .read()
        .startswith(b'{"CodeUri": "s3://artefacts/')
    )


@pytest.mark.parametrize("code", ["403", "301"])
def test_nothing_is_uploaded_to_a_bucket_of_another_account(artefact: Path, code: str) -> None:
    s3 = boto3.client("s3")
    with Stubber(s3) as stub:
        stub.add_client_error("head_bucket", code, expected_params={"Bucket": "b", "ExpectedBucketOwner": ACCOUNT})
        with pytest.raises(LocalError, match="The bucket b cannot be used by this account"):
            deployment.upload(s3, artefact, "b", ACCOUNT)
