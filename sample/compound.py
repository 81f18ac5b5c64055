"""A minimal OLE container with an encrypted workbook, like Excel's files with an opening password."""

from __future__ import annotations

import struct

from sample.dice import Dice

SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SALT = 'saltSize="16" blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES" '
_HASH = 'cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512" saltValue="AAECAwQFBgcICQoLDA0ODw=="'
_GARBLED = "AAECAwQFBgcICQoLDA0ODw=="
_SPACE = "http://schemas.microsoft.com/office/2006"
_XML = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
    f'<encryption xmlns="{_SPACE}/encryption" xmlns:p="{_SPACE}/keyEncryptor/password">'
    f"<keyData {_SALT}{_HASH}/>"
    f'<dataIntegrity encryptedHmacKey="{_GARBLED}" encryptedHmacValue="{_GARBLED}"/><keyEncryptors>'
    f'<keyEncryptor uri="{_SPACE}/keyEncryptor/password">'
    f'<p:encryptedKey spinCount="100000" {_SALT}{_HASH} '
    f'encryptedVerifierHashInput="{_GARBLED}" encryptedVerifierHashValue="{_GARBLED}" '
    f'encryptedKeyValue="{_GARBLED}"/>'
    "</keyEncryptor></keyEncryptors></encryption>"
)


def _header() -> bytes:
    start = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    fixed = struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    counts = struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    return start + fixed + counts + struct.pack("<109I", 0, *[_FREE] * 108)


def _entry(name: str, kind: int, links: tuple[int, int, int], first: int, size: int) -> bytes:
    raw = name.encode("utf-16-le")
    length = len(raw) + 2 if name else 0
    head = raw.ljust(64, b"\0") + struct.pack("<HBB", length, kind, 1) + struct.pack("<III", *links)
    return head + bytes(36) + struct.pack("<IQ", first, size)


def _chain(first: int, sectors: int) -> list[int]:
    return [*range(first + 1, first + sectors), _END]


def encrypted_workbook() -> bytes:
    """Return a container with EncryptionInfo and EncryptedPackage streams, without a real workbook inside."""
    dice = Dice("encrypted")
    info = (struct.pack("<HHI", 4, 4, 0x40) + _XML.encode()).ljust(4096, b" ")
    package = struct.pack("<Q", 4000) + bytes(dice.whole(0, 255) for _ in range(4600))
    sizes = (len(info) // SECTOR, len(package) // SECTOR)
    fat = [_FAT, _END, *_chain(2, sizes[0]), *_chain(2 + sizes[0], sizes[1])]
    table = struct.pack("<128I", *fat, *[_FREE] * (128 - len(fat)))
    folder = _entry("Root Entry", 5, (_FREE, _FREE, 1), _END, 0)
    folder += _entry("EncryptionInfo", 2, (_FREE, 2, _FREE), 2, len(info))
    folder += _entry("EncryptedPackage", 2, (_FREE, _FREE, _FREE), 2 + sizes[0], len(package))
    folder += _entry("", 0, (_FREE, _FREE, _FREE), 0, 0)
    return _header() + table + folder + info + package[: sizes[1] * SECTOR]
