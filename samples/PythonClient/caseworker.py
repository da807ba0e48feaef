"""A caseworker asks ten agencies with one call: seven answer, three are kept from it by law. See README.md."""

import argparse
import csv
import json
import pathlib
import secrets

import grpc

from linkage.v1 import agreement_pb2, agreement_pb2_grpc, encoding_pb2, linkage_pb2_grpc, project_pb2, project_pb2_grpc

import connect
from agency import DEADLINE, Agency
from main import link, propose

CLIENTS = 12


def main():
    options = parse()
    authority, clients = options.unit_home / "tls" / "ca.pem", options.unit_home / "clients"
    agencies = [Agency(name, options.home, options.unit, authority, clients) for name, _ in options.agency]

    # 1. As in main.py: every agency encodes and uploads. Here one process stands for all of theirs.
    analyst = connect.unit(options.unit, authority, clients, "analyst")
    project_id = prepare(agencies, options, analyst)

    # 2. One agreement, signed by every agency with the tool; the unit sees signatures and never a private key.
    linkage = linkage_pb2_grpc.LinkageServiceStub(analyst)
    document = options.agreement.read_text(encoding="utf-8")
    for agency in agencies:
        agency.agreements = agreement_pb2_grpc.AgreementServiceStub(
            connect.unit(options.unit, authority, clients, agency.name))
    agencies[0].agreements.ProposeAgreement(agreement_pb2.ProposeAgreementRequest(
        idempotency_key=secrets.token_hex(16), project_id=project_id, document_text=document), timeout=DEADLINE)
    refuse_unsigned(linkage, project_id)
    for agency in agencies:
        signature = (options.signatures / f"{agency.name}.signature.json").read_text(encoding="utf-8")
        agreement = agency.agreements.SignAgreement(agreement_pb2.SignAgreementRequest(
            project_id=project_id, signature_text=signature), timeout=DEADLINE).agreement
    print(f"agreement: {agreement_pb2.AgreementState.Name(agreement.state)}, {len(agreement.signers)} parties")

    # 3. Now the analyst can link; and the caseworker of the first agency has clients at the desk.
    link(linkage, project_id)
    serve(agencies[0], options, project_id)
    if options.remember:
        options.remember.write_text(json.dumps({"project": project_id}), encoding="utf-8")


# <ask>
def ask(encoding, party, unit, project_id, purpose, case, client):
    """Asks all agencies of a project for a client, given as values by field. Returns one answer for each agency."""
    return encoding.FindClient(encoding_pb2.FindClientRequest(
        schema="people.schema.json", key="project.key", party=party,
        target=encoding_pb2.UnitTarget(unit=unit, project_id=project_id),
        purpose=purpose, case_reference=case, fields=client, explain=True), timeout=10)


def show(response):
    """What the caseworker reads: known, not known, refused and waiting are four different things."""
    for answer in response.answers:
        outcome = answer.WhichOneof("outcome")
        if outcome == "refusal":
            print(f"  {answer.party}: may not answer, {answer.refusal.citation} ({answer.refusal.clause})")
        elif outcome == "waiting":
            print(f"  {answer.party}: has to release its answer first ({answer.waiting.clause})")
        elif not answer.matches.matches:
            print(f"  {answer.party}: not known")
        for match in answer.matches.matches:
            print(f"  {answer.party}: known as {match.link_id}")
# </ask>


def prepare(agencies, options, analyst):
    for agency, (_, records) in zip(agencies, options.agency):
        agency.remember(agency.encode(records, options.schema, options.key))
    projects = project_pb2_grpc.ProjectServiceStub(analyst)
    project_id = projects.CreateProject(project_pb2.CreateProjectRequest(
        idempotency_key=secrets.token_hex(16), name="Ten agencies"), timeout=DEADLINE).project.id
    for agency in agencies:
        projects.InviteParty(project_pb2.InvitePartyRequest(
            idempotency_key=secrets.token_hex(16), project_id=project_id, party=agency.name), timeout=DEADLINE)
    terms = propose(agencies[0], project_id, options.schema)
    for agency in agencies:
        agency.approve(project_id, terms)
    for agency in agencies:
        agency.upload(project_id)
    print(f"{len(agencies)} agencies: encoded, approved, uploaded")
    return project_id


def refuse_unsigned(linkage, project_id):
    """Nothing is linked before everybody has signed."""
    try:
        link(linkage, project_id)
    except grpc.RpcError as error:
        if error.code() == grpc.StatusCode.PERMISSION_DENIED and connect.reason(error) == "AGREEMENT_NOT_IN_FORCE":
            print("before all have signed: AGREEMENT_NOT_IN_FORCE")
            return
        raise
    raise RuntimeError("an agreement that is not signed let a run begin")


def serve(agency, options, project_id):
    found = held = 0
    for number, (client, holders) in enumerate(known_clients(options)):
        response = ask(
            agency.encoding, agency.name, options.unit_name, project_id, options.purpose, f"case-{number}", client)
        if number == 0:
            print(f"client 0, at {len(holders)} agencies; entry {response.audit_sequence} of the audit log:")
            show(response)
        refused = {answer.party for answer in response.answers if answer.HasField("refusal")}
        if refused != set(options.refusing) or len(response.answers) != len(options.agency):
            raise RuntimeError("not the answers that the agreement gives")
        if not all(answer.refusal.citation for answer in response.answers if answer.party in refused):
            raise RuntimeError("a refusal without a citation")
        matched = {answer.party for answer in response.answers if answer.matches.matches}
        held += len(holders - refused)
        found += len((holders - refused) & matched)
    print(f"{CLIENTS} clients: {found} of {held} holdings found")
    if found < 0.8 * held:
        raise RuntimeError("too few were found")


def known_clients(options):
    """For this sample only: clients of the first agency, and which agencies truly hold them."""
    tables = {}
    for name, path in options.agency:
        with path.open(newline="", encoding="utf-8") as file:
            tables[name] = list(csv.DictReader(file))
    first = options.agency[0][0]
    fields = {field["name"] for field in json.loads(options.schema_file.read_text(encoding="utf-8"))["fields"]}
    holders = {}
    for name, rows in tables.items():
        for row in rows:
            holders.setdefault(row["truth_person_id"], set()).add(name)
    rows = sorted(tables[first], key=lambda row: (-len(holders[row["truth_person_id"]]), row["rec_id"]))
    for row in rows[:CLIENTS]:
        client = {name: value for name, value in row.items() if name in fields and value}
        yield client, holders[row["truth_person_id"]]


def parse():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--unit", default="localhost:5443", help="address of the linkage unit")
    parser.add_argument("--unit-home", type=pathlib.Path, required=True,
                        help="directory with tls/ca.pem and clients/, as `sidecar init` made it")
    parser.add_argument("--unit-name", default="unit", help="name of the unit in the owners' configuration")
    parser.add_argument("--home", type=pathlib.Path, required=True, help="directory of the agencies' own process")
    parser.add_argument("--agency", nargs=2, action="append", required=True, metavar=("NAME", "CSV"),
                        help="a party and its records; the first one asks")
    parser.add_argument("--agreement", type=pathlib.Path, required=True, help="the agreement")
    parser.add_argument("--signatures", type=pathlib.Path, required=True, help="directory of NAME.signature.json")
    parser.add_argument("--purpose", required=True, help="a purpose of the agreement")
    parser.add_argument("--refusing", nargs="*", default=[], help="parties that the agreement keeps from answering")
    parser.add_argument("--schema-file", type=pathlib.Path, required=True, help="the schema")
    parser.add_argument("--schema", default="people.schema.json", help="name of the schema at the owners")
    parser.add_argument("--key", default="project.key", help="name of the key at the owners")
    parser.add_argument("--remember", type=pathlib.Path, help="file to write the project's id to")
    options = parser.parse_args()
    options.agency = [(name, pathlib.Path(records)) for name, records in options.agency]
    return options


if __name__ == "__main__":
    main()
