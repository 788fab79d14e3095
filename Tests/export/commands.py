"""What the commands answer, as rows of the questions that answer the same."""
from questions import command


def answers(raireki, case, asked):
    """Question, parameters, the columns that both have, and the rows that the command gives."""
    for parameters in asked["find-images"]:
        option = {"job": "--job", "pipeline": "--pipeline"}.get(parameters["kind"], "--" + parameters["kind"])
        if parameters["from"] or parameters["kind"] == "runner":
            continue
        found = command(raireki, case, "find", "images", option, parameters["value"])
        yield "find-images", parameters, ["image"], {(image["image"],) for image in found["images"]}
    for parameters in asked["find-file"]:
        words = ["--path", parameters["path"]] if parameters["path"] else ["--sha256", parameters["digest"][7:]]
        if any(character in parameters["path"] for character in "\\*?[]{}\n") or ".wh." in parameters["path"]:
            continue
        rows = set()
        for file in command(raireki, case, "find", "file", *words)["files"]:
            for image in file["images"]:
                for signer in image["signers"] or [{"signature": None, "authentic": None}]:
                    authentic = signer["authentic"]
                    rows.add((image["image"], file["layer"], file["path"],
                              "sha256:" + file["sha256"] if file.get("sha256") else None, signer["signature"],
                              None if authentic is None else str(int(authentic))))
        yield "find-file", parameters, ["image", "layer", "path", "digest", "signature_id", "is_authentic"], rows
    rows = set()
    for image in command(raireki, case, "check", "claims", "--all")["images"]:
        for finding in image["findings"]:
            records = "[" + ",".join(f'"{record}"' for record in finding["records"]) + "]"
            rows.add((image["digest"], finding["severity"], finding["rule"], finding["message"], records))
    yield "check-claims", {"image": ""}, ["image", "severity", "rule", "message", "records"], rows
    for parameters in asked["diff"]:
        rows = set()
        for file in command(raireki, case, "diff", parameters["old"], parameters["new"])["files"]:
            if file["change"] == "changed" and not {"content", "kind", "target", "link"} & set(file["aspects"]):
                continue
            rows.add(((file.get("b") or file["a"])["path"], file["change"]))
        yield "diff", parameters, ["path", "change"], rows
    rows = {(tag["name"], sighting["digest"]) for tag in command(raireki, case, "tags")["tags"]
            for sighting in tag["sightings"]}
    yield "tags", {}, ["name", "digest"], rows
    verified = command(raireki, case, "case", "verify")
    assert verified["holds"]
    yield "case-verify", {}, ["is_hash_right", "follows"], {("1", "1")}
