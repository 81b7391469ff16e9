"""Content Credentials (C2PA): a signed note inside a file that says how it was made, and from what.

It tells that software composed the result (no person performed it, no trained model generated it), with which tool and
version, from which sources by their hashes, and under which licences the sounds came. Anybody can read it and see
whether the file was changed since. It is signed with the person's own certificate, or with one made on the spot whose
name says that nobody vouches for it: readers then call the note intact, but its signer unknown.

Needs `c2pa-python` (the extra `reelscore[credentials]`). Nothing is fetched from anywhere. Source: C2PA specification
2.2; digital source types of the IPTC.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from reelscore.deliver.provenance import HashedFile, Sound
from reelscore.errors import OutputError, shown, unwritable
from reelscore.values.codec import to_json

SUFFIXES = {".mp4": "video/mp4", ".m4v": "video/mp4", ".mov": "video/quicktime", ".m4a": "audio/mp4",
            ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png"}  # fmt: skip
NOBODY = "Self-signed, identity not verified"
SOURCES = "org.reelscore.sources"
_IPTC = "http://cv.iptc.org/newscodes/digitalsourcetype/"
_COMPOSED, _COMPOSITE = _IPTC + "algorithmicMedia", _IPTC + "composite"
_TOOL = "Reelscore"
_OFFLINE = {"verify": {"remote_manifest_fetch": False, "ocsp_fetch": False}}
_MISSING = "Install it with: pip install 'reelscore[credentials]'."


@dataclass(frozen=True, slots=True)
class Identity:
    """Who signs: certificates from the signer's up to its authority, and the key, as PEM text."""

    certificates: str
    key: str
    algorithm: str  # "es256", "es384", "es512", "ps256", "ed25519"
    self_signed: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """What the note says. `title` is the file's; `description` a sentence on how it was made."""

    version: str  # of Reelscore
    title: str
    description: str = ""
    sources: tuple[HashedFile, ...] = ()
    sounds: tuple[Sound, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A note as it was read back. `intact`: the signature holds and the file is as it was signed."""

    intact: bool
    trusted: bool  # the signer's certificate goes back to an authority the reader knows
    signer: str
    tool: str
    version: str
    title: str
    digital_source: str  # the last word of the IPTC's address: "algorithmicMedia", "composite"
    description: str
    sources: tuple[HashedFile, ...]
    sounds: tuple[Sound, ...]
    faults: tuple[str, ...]


def self_signed(days: int = 3650) -> Identity:
    """A new identity whose certificate says that nobody vouches for it."""
    try:
        from cryptography import x509
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric import ec
        from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
    except ImportError:
        raise OutputError("Content Credentials need the package c2pa-python.", _MISSING) from None

    def named(who: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, NOBODY),
                          x509.NameAttribute(NameOID.COMMON_NAME, who)])  # fmt: skip

    now = datetime.now(UTC)
    authority, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    known_by = x509.SubjectKeyIdentifier.from_public_key(authority.public_key())

    def begun(who: str, owner: Any) -> x509.CertificateBuilder:
        builder = x509.CertificateBuilder().subject_name(named(who)).issuer_name(named("Reelscore on this computer"))
        builder = builder.public_key(owner.public_key()).serial_number(x509.random_serial_number())
        builder = builder.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=days))
        return builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(owner.public_key()), False)

    root = begun("Reelscore on this computer", authority).add_extension(x509.BasicConstraints(True, 0), True)
    root = root.add_extension(_usage(signs_certificates=True), True)
    leaf = begun("A user of Reelscore", key).add_extension(x509.BasicConstraints(False, None), True)
    leaf = leaf.add_extension(_usage(signs_certificates=False), True)
    leaf = leaf.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), False)
    leaf = leaf.add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(known_by), False)
    chain = [builder.sign(authority, hashes.SHA256()) for builder in (leaf, root)]
    return Identity("".join(_pem(one) for one in chain), _key_pem(key), "es256", True)


def own_identity(certificates: Path, key: Path) -> Identity:
    """The person's certificate chain and private key, from PEM files. OutputError when they cannot be used."""
    try:
        from cryptography import x509
        from cryptography.hazmat.primitives import serialization
    except ImportError:
        raise OutputError("Content Credentials need the package c2pa-python.", _MISSING) from None
    try:
        chain, secret = certificates.read_bytes(), key.read_bytes()
    except OSError as fault:
        raise OutputError(f"The certificate or its key cannot be read: {fault.strerror}.", "Check the files.") from None
    try:
        first = x509.load_pem_x509_certificates(chain)[0]
        loaded = serialization.load_pem_private_key(secret, None)
    except (ValueError, TypeError, IndexError):
        raise OutputError(
            f"{shown(certificates)} and {shown(key)} are not a certificate and its unlocked key.",
            "Give PEM files: the certificates from yours up, and the private key without a password.",
        ) from None
    if first.public_key() != loaded.public_key():
        raise OutputError(f"{shown(key)} is not the key of {shown(certificates)}.", "Choose the pair that belongs.")
    return Identity(chain.decode(), _key_pem(loaded), _algorithm(loaded), first.issuer == first.subject)


def add_credentials(path: Path, statement: Statement, identity: Identity) -> None:
    """Put the signed note into a finished file, in one step: on failure the file is as it was. Raises OutputError."""
    c2pa = _library()
    kind = SUFFIXES.get(path.suffix.lower())
    if kind is None:
        raise OutputError(f'No Content Credentials can be put into "{path.suffix}".', f"Known: {', '.join(SUFFIXES)}.")
    try:
        handle, name = tempfile.mkstemp(prefix=".reelscore-", suffix=path.suffix.lower(), dir=path.parent)
        os.close(handle)
    except OSError as fault:
        raise unwritable(path, fault) from None
    signed = Path(name)
    try:
        secrets = (identity.certificates.encode(), identity.key.encode())
        with (
            c2pa.Context.from_dict(_OFFLINE) as context,
            c2pa.Signer.from_info(c2pa.C2paSignerInfo(identity.algorithm, *secrets, None)) as signer,
            c2pa.Builder.from_json(_manifest(statement, kind), context) as builder,
            path.open("rb") as source,
            signed.open("w+b") as result,
        ):
            builder.sign(signer, kind, source, result)
        os.chmod(signed, path.stat().st_mode & 0o777)
        os.replace(signed, path)
    except c2pa.C2paError as fault:
        words = str(fault)[:200]
        raise OutputError(f"{shown(path)} cannot be signed: {words}.", "Check that the certificate may sign.") from None
    except OSError as fault:
        raise unwritable(path, fault) from None
    finally:
        with suppress(OSError):
            signed.unlink()


def read_credentials(path: Path) -> Found | None:
    """The note in a file, checked against it; None when there is none. Raises OutputError for an unreadable one."""
    c2pa = _library()
    try:
        with c2pa.Context.from_dict(_OFFLINE) as context:
            reader = c2pa.Reader.try_create(str(path), context=context)
            if reader is None:
                return None
            with reader:
                told, state = json.loads(reader.json()), str(reader.get_validation_state())
    except (c2pa.C2paError, OSError) as fault:
        raise OutputError(f"The credentials of {shown(path)} cannot be read: {str(fault)[:200]}.", "") from None
    return _found(told, state)


def _library() -> Any:
    try:
        import c2pa
    except (ImportError, OSError):
        raise OutputError("Content Credentials need the package c2pa-python.", _MISSING) from None
    return c2pa


def _manifest(statement: Statement, kind: str) -> dict[str, Any]:
    """The note in the form of the specification."""
    agent = {"name": _TOOL, "version": statement.version}
    created = {
        "action": "c2pa.created",
        "digitalSourceType": _COMPOSITE if statement.sources else _COMPOSED,
        "softwareAgent": agent,
        "description": statement.description or "Composed by software, by rules and chance; no trained model.",
    }
    sources = {"sources": to_json(statement.sources), "sounds": to_json(statement.sounds)}
    return {
        "claim_generator_info": [agent],
        "title": statement.title,
        "format": kind,
        "assertions": [
            {"label": "c2pa.actions.v2", "data": {"actions": [created]}},
            {"label": SOURCES, "data": sources},
        ],
    }


def _found(told: dict[str, Any], state: str) -> Found:
    manifest = told.get("manifests", {}).get(told.get("active_manifest", ""), {})
    said = {one.get("label", ""): one.get("data", {}) for one in manifest.get("assertions", [])}
    actions: Sequence[Any] = next((d.get("actions", []) for label, d in said.items() if "c2pa.actions" in label), [])
    created: dict[str, Any] = next((action for action in actions if action.get("action") == "c2pa.created"), {})
    agent: dict[str, Any] = next(iter(manifest.get("claim_generator_info", [])), {})
    used = said.get(SOURCES, {})
    faults = [one.get("code", "") for one in told.get("validation_status", [])]
    return Found(
        intact=state in ("Valid", "Trusted"),
        trusted=state == "Trusted",
        signer=str(manifest.get("signature_info", {}).get("issuer", "")),
        tool=str(agent.get("name", "")),
        version=str(agent.get("version", "")),
        title=str(manifest.get("title", "")),
        digital_source=str(created.get("digitalSourceType", "")).rsplit("/", 1)[-1],
        description=str(created.get("description", "")),
        sources=tuple(HashedFile(**one) for one in used.get("sources", [])),
        sounds=tuple(Sound(**one) for one in used.get("sounds", [])),
        faults=tuple(fault for fault in faults if fault),
    )


def _usage(*, signs_certificates: bool) -> Any:
    from cryptography import x509

    return x509.KeyUsage(
        digital_signature=True, content_commitment=False, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=signs_certificates, crl_sign=signs_certificates, encipher_only=False,
        decipher_only=False,
    )  # fmt: skip


def _algorithm(key: Any) -> str:
    """The signature that goes with a key."""
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

    if isinstance(key, ed25519.Ed25519PrivateKey):
        return "ed25519"
    if isinstance(key, rsa.RSAPrivateKey):
        return "ps256"
    curves = {256: "es256", 384: "es384", 521: "es512"}
    if isinstance(key, ec.EllipticCurvePrivateKey) and key.curve.key_size in curves:
        return curves[key.curve.key_size]
    raise OutputError("Keys of this kind cannot sign Content Credentials.", "Use a P-256, P-384, RSA or Ed25519 key.")


def _pem(certificate: Any) -> str:
    from cryptography.hazmat.primitives.serialization import Encoding

    return str(certificate.public_bytes(Encoding.PEM).decode())


def _key_pem(key: Any) -> str:
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    return str(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode())
