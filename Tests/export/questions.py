"""The questions with everything that they are asked with, chosen from what the cases hold."""
import json
import subprocess


def arguments(reference):
    """Question to a list of its parameters."""
    one = lambda sql: (reference.connection.execute(sql).fetchone() or [""])[0] or ""
    many = lambda sql: [row[0] for row in reference.connection.execute(sql)]
    images = many("SELECT DISTINCT subject FROM signature WHERE subject IN (SELECT digest FROM artifact) ORDER BY 1")
    layered = many("SELECT digest FROM artifact WHERE role = 'image-manifest' ORDER BY 1")
    find = [dict(kind=kind, value=value, **{"from": first, "to": last})
            for kind, keys in {
                "user": "'com.gitlab.ci.user.name'", "commit": "'com.gitlab.ci.commit.sha'",
                "identity": "'subjectAlternativeName'", "issuer": "'1.3.6.1.4.1.57264.1.8'",
                "job": "'com.gitlab.ci.job.id'", "pipeline": "'com.gitlab.ci.pipeline.id'",
                "runner": "'/predicate/runDetails/builder/id'"}.items()
            for value in many(f"SELECT DISTINCT value FROM claim WHERE key IN ({keys}) ORDER BY 1 LIMIT 2")
            for first, last in [("", ""), ("2026-03-04T00:00:00Z", "2026-03-05T23:59:59Z")]]
    find += [dict(kind="runner", value=value, **{"from": "", "to": ""})
             for value in many("SELECT DISTINCT runner_id FROM job WHERE runner_id IS NOT NULL LIMIT 2")]
    paths = many("SELECT path FROM path ORDER BY length(path), path LIMIT 40")
    content = one("SELECT 'sha256:' || digest FROM file_content ORDER BY digest LIMIT 1")
    return {
        "find-file": [dict(path=path, digest="") for path in paths] + [dict(path="", digest=content)],
        "diff": [dict(old=old, new=new) for old, new in zip(layered, layered[1:])],
        "find-images": find,
        "verify-at": [dict(at="2026-03-04T09:05:00Z")],
        "check-claims": [dict(image="")] + [dict(image=image) for image in images[:2]],
        "check-commits": [dict(image="")] + [dict(image=image) for image in images[:1]],
        "timeline": [dict(image="")] + [dict(image=image) for image in images[:1]],
        **{name: [{}] for name in ["lineage", "blast", "check-log", "tags", "gaps", "case-verify"]},
    }


def text(raireki, name, dialect):
    return subprocess.run([raireki, "export", "--print-question", name, "--dialect", dialect], check=True,
                          capture_output=True, text=True).stdout


def names(raireki):
    lines = subprocess.run([raireki, "export", "--print-question", "list"], check=True, capture_output=True, text=True)
    return [line.split()[0] for line in lines.stdout.splitlines()]


def command(raireki, case, *words):
    """The document that a command prints."""
    run = subprocess.run([raireki, *words, "--case", case, "--format", "json"], capture_output=True, text=True)
    assert run.returncode in (0, 1), run.stderr
    return json.loads(run.stdout)
