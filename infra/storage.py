"""References to the table and the key: the stack's own, unless parameters name existing ones (after a restore)."""

from typing import Any

Json = dict[str, Any]

_EXISTING_ARN = "arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${ExistingTable}"

TABLE_NAME: Json = {"Fn::If": ["OwnsTable", {"Ref": "Table"}, {"Ref": "ExistingTable"}]}
TABLE_ARN: Json = {"Fn::If": ["OwnsTable", {"Fn::GetAtt": ["Table", "Arn"]}, {"Fn::Sub": _EXISTING_ARN}]}
INDEX_ARNS: Json = {
    "Fn::If": ["OwnsTable", {"Fn::Sub": "${Table.Arn}/index/*"}, {"Fn::Sub": f"{_EXISTING_ARN}/index/*"}]
}
STREAM_ARN: Json = {
    "Fn::If": [
        "OwnsTable",
        {"Fn::GetAtt": ["Table", "StreamArn"]},
        {"Fn::Sub": f"{_EXISTING_ARN}/stream/${{ExistingTableStream}}"},
    ]
}
KEY_ARN: Json = {"Fn::If": ["OwnsKey", {"Fn::GetAtt": ["Key", "Arn"]}, {"Fn::Sub": "${ExistingKeyArn}"}]}
