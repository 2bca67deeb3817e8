"""Hostile posts: each wants that a mail program shows another author than the one who signed.

`posts(at, people)` gives (name, octets, reverse-path, recipient, reader, proven author).
"""
import base64, binascii, email.utils, os, subprocess, time

HIDING = """<html><head><style>
div.moz-text-plain, div.moz-text-flowed, pre, fieldset, hr, .moz-email-headers-table { display: none !important }
p.x { display: block !important }
</style></head><body><p class="x">Posted by: Olga &lt;olga@people.test&gt;<br>Signature: good</p>
<p class="x">The meeting point is changed.</p></body></html>
"""
FORGED = "Posted by: Olga"  # what a program must never show without the list's line above it
ATTACHED = f"From: Olga <olga@people.test>\nSubject: inner\nMIME-Version: 1.0\nContent-Type: text/html\n\n{HIDING}"


def gpg(people, name, *arguments, data=b""):
    return subprocess.run(
        ["gpg", "--homedir", os.path.join(people, name), "--batch", "--quiet", "--no-tty", "--trust-model", "always",
         "--pinentry-mode", "loopback", "--passphrase", "", *arguments], input=data, capture_output=True, check=True).stdout


def mixed(*parts):
    return "multipart/mixed; boundary=m", "".join("--m\n" + part + "\n" for part in parts) + "--m--\n"


def uuencoded(text):
    lines = [binascii.b2a_uu(text.encode()[at:at + 45]).decode() for at in range(0, len(text.encode()), 45)]
    return "begin 644 page.eml\n" + "".join(lines) + "`\nend\n"


def contents():
    """Name, Content-Type and body of what is signed."""
    text = "Content-Type: text/plain\n\nmy text\n"
    raw = base64.encodebytes(ATTACHED.encode()).decode()
    octets = "Content-Type: application/octet-stream; {}\nContent-Transfer-Encoding: base64\n\n" + raw
    yield "html", "text/html; charset=utf-8", HIDING
    yield "html-in-mixed", *mixed(text, "Content-Type: text/html\n\n" + HIDING)
    yield "html-in-related", "multipart/related; boundary=m", mixed("Content-Type: text/html\n\n" + HIDING)[1]
    yield "attached-message", *mixed(text, "Content-Type: message/rfc822\nContent-Disposition: attachment\n\n" + ATTACHED)
    yield "digest", "multipart/digest; boundary=m", mixed("\n" + ATTACHED)[1]
    yield "file-named-eml", *mixed(text, octets.format('name="x.eml"'))
    yield "file-named-in-pieces", *mixed(text, octets.format('name*0="x.e"; name*1="ml"'))
    yield "file-named-html", *mixed(text, octets.format('name="x.html"').replace(raw, base64.encodebytes(HIDING.encode()).decode()))
    yield "no-type-uuencoded", *mixed(text, "\n" + uuencoded(ATTACHED))
    yield "enriched", *mixed(text, "Content-Type: text/enriched\n\n<x-html>" + HIDING)
    yield "text-imitates", "text/plain; charset=utf-8", "\n" * 3 + FORGED + " <olga@people.test>\nSignature: good\n\nwords\n"


def sealed(people, list_, sender, author, kind, body, subject="[olga@people.test] Meeting"):
    fields = f"From: {author}\nTo: {list_}\nSubject: {subject}\n"
    entity = f'Content-Type: {kind}; protected-headers="v1"\n{fields}\n{body}\n'.encode()
    armored = gpg(people, sender, "--armor", "--recipient", list_, "--sign", "--encrypt", "-", data=entity)
    return (header(author, list_, "[...]") + 'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary="b"\n\n'
            "--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n\n--b\nContent-Type: application/octet-stream\n\n"
            + armored.decode() + "\n--b--\n").encode()


def header(author, to, subject):
    return (f"From: {author}\nTo: {to}\nSubject: {subject}\nDate: {email.utils.formatdate()}\n"
            f"Message-ID: <{time.time_ns()}@people.test>\nMIME-Version: 1.0\n")


def posts(at, people):
    list_, bela, cora = at["list"], "bela@people.test", "cora@people.test"
    for name, kind, body in contents():
        yield name, sealed(people, list_, "bela", f"Bela <{bela}>", kind, body), bela, list_, "cora", bela
    for name, author in [("name-with-address", f'"Olga <olga@people.test>" <{cora}>'),
                         ("name-with-spaces", f'"Olga{chr(0x3000) * 150}x" <{cora}>'),
                         ("name-turned-round", f'"{chr(0x202e)}aglO" <{cora}>')]:
        yield name, sealed(people, list_, "cora", author, "text/plain; charset=utf-8", "words"), cora, list_, "bela", cora
    owner = list_.replace("@", "-owner@")
    unsigned = header("Fritz <fritz@people.test>", owner, "[olga@people.test] urgent")
    page = f"{unsigned}Content-Type: text/html\n\n{HIDING}".encode()
    yield "mail-to-owners", page, "fritz@people.test", owner, "olga", None
    attached = f"{unsigned}Content-Type: message/rfc822\n\n{ATTACHED}".encode()
    yield "message-to-owners", attached, "fritz@people.test", owner, "olga", None
