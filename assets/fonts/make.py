"""Makes `cover.otf`, the font of covers, of Inter Bold (https://rsms.me/inter/):

    pip install fonttools
    python make.py Inter-Bold.otf

Few letters, no hints, and the kerning as a `kern` table, which is the kind that the program reads.
"""

import itertools
import string
import sys

from fontTools import subset
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._k_e_r_n import KernTable_format_0

# Latin with Vietnamese, Greek, Cyrillic; the marks of prose, and some that titles have.
LETTERS = (
    "20-7E,A0-24F,259,2BB-2BC,2C6-2C7,2D8-2DD,300-304,306-30C,31B,323,327-328,370-3FF,400-45F,462-463,"
    "472-475,490-4FF,1E00-1EFF,2010-2015,2018-201E,2020-2022,2026,202F,2030,2032-2033,2039-203A,2044,20AC,"
    "20BA,20BD,2116,2122,2190-2193,2212,2248,2260,2264-2265"
)
MARKS = ".,:;-–—‘’“”„«»!?()/&"
ALPHABETS = [
    string.ascii_letters + "ÄÖÜäöüßÉÈéèêçñ",
    "".join(map(chr, range(0x391, 0x3CF))),
    "".join(map(chr, range(0x410, 0x450))) + "ЁёЇїЄєҐґ",
]
# In units of 2816 to the em: less than this nobody sees.
VISIBLE = 40


def advance(coverage_and_sets, left, right):
    """What GPOS moves the right glyph by; the first subtable that knows the pair decides."""
    for table in coverage_and_sets:
        if left not in table.Coverage.glyphs:
            continue
        if table.Format == 1:
            pairs = table.PairSet[table.Coverage.glyphs.index(left)].PairValueRecord
            value = next((pair.Value1 for pair in pairs if pair.SecondGlyph == right), None)
            if value is None:
                continue
        else:
            record = table.Class1Record[table.ClassDef1.classDefs.get(left, 0)]
            value = record.Class2Record[table.ClassDef2.classDefs.get(right, 0)].Value1
        return getattr(value, "XAdvance", 0) if value else 0
    return 0


def kerning(font):
    lookups = [lookup for lookup in font["GPOS"].table.LookupList.Lookup if lookup.LookupType == 2]
    subtables = [table for lookup in lookups for table in lookup.SubTable]
    names = font.getBestCmap()
    pairs = {}
    for alphabet in ALPHABETS:
        glyphs = [names[ord(letter)] for letter in alphabet + MARKS if ord(letter) in names]
        for left, right in itertools.product(glyphs, glyphs):
            value = advance(subtables, left, right)
            if abs(value) >= VISIBLE:
                pairs[left, right] = value
    return pairs


def main(source):
    options = subset.Options(layout_features=["kern"], hinting=False, name_IDs=[0, 1, 2, 13, 14], notdef_outline=True)
    font = subset.load_font(source, options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=subset.parse_unicodes(LETTERS))
    subsetter.subset(font)

    table = KernTable_format_0()
    table.coverage, table.kernTable = 1, kerning(font)
    font["kern"] = newTable("kern")
    font["kern"].version, font["kern"].kernTables = 0, [table]
    for unused in ["GPOS", "GSUB", "GDEF"]:
        if unused in font:
            del font[unused]
    for name in font["name"].names:
        if name.nameID == 1:
            name.string = "Monograph Cover"
    font.save("cover.otf")


main(sys.argv[1])
