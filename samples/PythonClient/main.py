"""Two agencies and a linkage unit, end to end: encode, agree, upload, link, download. See README.md."""

import argparse
import csv
import pathlib
import secrets

import grpc

from linkage.v1 import encoding_pb2, linkage_pb2, linkage_pb2_grpc, project_pb2, project_pb2_grpc

import connect
from agency import DEADLINE, Agency

ENDED = (linkage_pb2.RUN_STATE_SUCCEEDED, linkage_pb2.RUN_STATE_FAILED, linkage_pb2.RUN_STATE_CANCELED)


def main():
    options = parse()
    unit_home = options.unit_home
    authority, clients = unit_home / "tls" / "ca.pem", unit_home / "clients"
    first, second = agencies = [
        Agency(name, home, options.unit, authority, clients) for name, home, _ in options.agency]

    # 1. The owners prove to each other that key, schema and software are the same. The texts may travel openly.
    check_keys(first, second, options)
    print("key check: the same")

    # 2. Each encodes within its own walls.
    for agency, (_, _, records) in zip(agencies, options.agency):
        summary = agency.encode(records, options.schema, options.key)
        agency.remember(summary)
        print(f"{agency.name}: {summary.record_count} records in {summary.size} bytes")

    # 3. The analyst makes a project; a party proposes terms; every party approves them.
    analyst = connect.unit(options.unit, authority, clients, "analyst")
    projects = project_pb2_grpc.ProjectServiceStub(analyst)
    project = projects.CreateProject(project_pb2.CreateProjectRequest(
        idempotency_key=secrets.token_hex(16), name="Python sample"), timeout=DEADLINE).project
    for agency in agencies:
        projects.InviteParty(project_pb2.InvitePartyRequest(
            idempotency_key=secrets.token_hex(16), project_id=project.id, party=agency.name), timeout=DEADLINE)
    terms = propose(first, project.id, options.schema)
    for agency in agencies:
        project = agency.approve(project.id, terms)
    print(f"project: {project_pb2.ProjectState.Name(project.state)}")

    # 4. Each uploads its encoded file; the plaintext and the map stay where they are.
    for agency in agencies:
        upload = agency.upload(project.id)
        print(f"{agency.name}: uploaded")
    print(f"preflight: {'ready' if agency.preflight(project.id, upload).ready else 'not ready'}")

    # 5. The analyst starts a run and watches it.
    run_id = link(linkage_pb2_grpc.LinkageServiceStub(analyst), project.id)

    # 6. A party can read its own link ids, and the analyst cannot: the terms say so.
    refuse_analyst(analyst, run_id)
    link_ids = []
    for agency in agencies:
        resolved = agency.resolve(agency.links(run_id))
        link_ids.append(resolved)
        print(f"{agency.name}: {len(resolved)} link ids")

    # For this sample only: parties do not hold their link ids against each other unless they agreed to.
    judge(link_ids, [records for _, _, records in options.agency])


def check_keys(first, second, options):
    common = {"schema": options.schema, "key": options.key}
    start = first.encoding.StartKeyCheck(
        encoding_pb2.StartKeyCheckRequest(**common), timeout=DEADLINE).start_text
    answer = second.encoding.AnswerKeyCheck(
        encoding_pb2.AnswerKeyCheckRequest(**common, start_text=start), timeout=DEADLINE).answer_text
    texts = {"start_text": start, "answer_text": answer}
    mine = first.encoding.FinishKeyCheck(
        encoding_pb2.FinishKeyCheckRequest(**common, **texts), timeout=DEADLINE)
    theirs = second.encoding.FinishKeyCheck(encoding_pb2.FinishKeyCheckRequest(
        **common, **texts, confirmation_text=mine.confirmation_text), timeout=DEADLINE)
    if not (mine.same and theirs.same):
        raise RuntimeError("; ".join([*mine.findings, *theirs.findings]))


def propose(agency, project_id, schema_name):
    schema = agency.encoding.GetSchema(encoding_pb2.GetSchemaRequest(name=schema_name), timeout=DEADLINE)
    facts = agency.facts()
    terms = project_pb2.Terms(
        encoding_fingerprint=schema.schema.encoding_fingerprint, linkage_fingerprint=schema.schema.linkage_fingerprint,
        schema_text=schema.text, key_project=facts.key_project, key_id=facts.key_id, epoch=facts.epoch,
        check_value=facts.check_value, model=project_pb2.ModelPolicy(estimate=project_pb2.EstimateModel()),
        output_type=project_pb2.OUTPUT_TYPE_OWN_LINK_IDS)
    agency.projects.ProposeTerms(project_pb2.ProposeTermsRequest(
        idempotency_key=secrets.token_hex(16), project_id=project_id, terms=terms), timeout=DEADLINE)
    return terms


def link(linkage, project_id):
    run = linkage.StartRun(linkage_pb2.StartRunRequest(
        idempotency_key=secrets.token_hex(16), project_id=project_id, options=linkage_pb2.RunOptions(seed=1)),
        timeout=DEADLINE).run
    sequence = 0
    while run.state not in ENDED:
        try:
            for event in linkage.WatchRun(linkage_pb2.WatchRunRequest(run_id=run.id, after_sequence=sequence)):
                sequence, run = event.sequence, event.run
        except grpc.RpcError as error:  # a watch that broke off is taken up again where it was
            if error.code() != grpc.StatusCode.UNAVAILABLE:
                raise
    print(f"run: {linkage_pb2.RunState.Name(run.state)} {run.failure_reason}".rstrip())
    if run.state != linkage_pb2.RUN_STATE_SUCCEEDED:
        raise RuntimeError("the run did not succeed")
    return run.id


def refuse_analyst(analyst, run_id):
    from linkage.v1 import results_pb2
    try:
        list(linkage_pb2_grpc.LinkageServiceStub(analyst).StreamOwnLinks(
            results_pb2.StreamOwnLinksRequest(run_id=run_id), timeout=DEADLINE))
    except grpc.RpcError as error:
        if error.code() == grpc.StatusCode.PERMISSION_DENIED and connect.reason(error) == "ROLE_NOT_ALLOWED":
            print("the analyst is refused: ROLE_NOT_ALLOWED")
            return
        raise
    raise RuntimeError("the analyst could read the link ids of a party")


def judge(link_ids, files):
    true_links = []
    for ids, path in zip(link_ids, files):
        with path.open(newline="", encoding="utf-8") as file:
            rows = csv.reader(file)
            truth = next(rows).index("truth_person_id")
            true_links.append({row[truth]: ids[row[0]] for row in rows})
    linked = {i for i in link_ids[0].values()} & {i for i in link_ids[1].values()}
    right = [p for p in true_links[0].keys() & true_links[1].keys() if true_links[0][p] == true_links[1][p]]
    precision = len(right) / len(linked) if linked else 0
    recall = len(right) / len(true_links[0].keys() & true_links[1].keys())
    print(f"links: {len(linked)}, precision {precision:.3f}, recall {recall:.3f}")
    if precision < 0.9 or recall < 0.8:
        raise RuntimeError("the links are not what they should be")


def parse():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--unit", default="localhost:5443", help="address of the linkage unit")
    parser.add_argument("--unit-home", type=pathlib.Path, required=True,
                        help="directory with tls/ca.pem and clients/, as `sidecar init` made it")
    parser.add_argument("--agency", nargs=3, action="append", required=True, metavar=("NAME", "HOME", "CSV"),
                        help="a party, the directory of its own process, and its records; twice")
    parser.add_argument("--schema", default="people.schema.json", help="name of the schema at the owners")
    parser.add_argument("--key", default="project.key", help="name of the key at the owners")
    options = parser.parse_args()
    options.agency = [(name, pathlib.Path(home), pathlib.Path(records)) for name, home, records in options.agency]
    if len(options.agency) != 2:
        parser.error("two agencies are needed")
    return options


if __name__ == "__main__":
    main()
