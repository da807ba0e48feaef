namespace Linkage.Bloom.Normalization;

// Facts from the Unicode Character Database, version 14.0.0 (UnicodeData.txt: canonical decompositions, simple
// upper-case mappings, general categories), with our own choice of base letter where a letter has no decomposition.
// One character for each code point, in rows of 64: the upper-case base letter itself, or one of five marks:
//   ' ' separates words   '\'' an apostrophe   '.' a period   '_' dropped   '&' two letters, see Digraph
// A letter without a sensible base in A-Z stands for itself, in upper case.
internal static partial class LatinFolding
{
    // U+0080 to U+02FF: Latin-1, Latin Extended-A and -B, phonetic letters, modifier letters.
    private const char LatinStart = '\u0080';

    private const string Latin =
        "                                          A  _    23'Μ . 1O     " + // U+0080
        "AAAAAA&CEEEEIIIIDNOOOOO OUUUUY&&AAAAAA&CEEEEIIIIDNOOOOO OUUUUY&Y" + // U+00C0
        "AAAAAACCCCCCCCDDDDEEEEEEEEEEGGGGGGGGHHHHIIIIIIIIII&&JJKKKLLLLLLL" + // U+0100
        "LLLNNNNNNNNNOOOOOO&&RRRRRRSSSSSSSSTTTTTTUUUUUUUUUUUUWWYYYZZZZZZS" + // U+0140
        "BBBBƄƄOCCDDDDƍEEEFFGG&IIKKLƛƜNNOOOƢƢPPRƧƧƩƪTTTTUUUVYYZZZƸƸƺƻƼƼƾW" + // U+0180
        "ǀǁǂǃ&&&&&&&&&AAIIOOUUUUUUUUUUEAAAA&&GGGGKKOOOOZZJ&&&GG&WNNAA&&OO" + // U+01C0
        "AAAAEEEEIIIIOOOORRRRUUUUSSTTȜȜHHND&&ZZAAEEOOOOOOOOYYLNTJ&&ACCLTS" + // U+0200
        "ZɁɁBUɅEEJJQQRRYYⱯⱭⱰBOɕDDɘEɚEꞫɝɞɟGꞬɢGɤꞍꞪɧIIꞮLꞭɭɮƜɰMNɳɴOɶɷɸɹɺɻɼRɾɿ" + // U+0240
        "RʁꟅƩʄʅʆꞱTUUVɅʍʎʏʐʑZʓʔʕʖʗʘʙʚʛʜꞲꞰʟʠʡʢʣʤʥʦʧʨʩʪʫʬʭʮʯʰʱʲʳʴʵʶʷʸ'''''''" + // U+0280
        "''      ' ''                    ˠˡˢˣˤ         '                 "; // U+02C0

    // U+0370 to U+052F: Greek, Coptic, Cyrillic.
    private const char GreekAndCyrillicStart = '\u0370';

    private const string GreekAndCyrillic =
        "ͰͰͲͲ' ͶͶ   ϽϾϿ Ϳ      Α.ΕΗΙ Ο ΥΩΙΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡ ΣΤΥΦΧΨΩΙΥΑΕΗΙ" + // U+0370
        "ΥΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΣΤΥΦΧΨΩΙΥΟΥΩϏΒΘϒϒϒΦΠϏϘϘϚϚϜϜϞϞϠϠϢϢϤϤϦϦϨϨϪϪϬϬϮϮ" + // U+03B0
        "ΚΡϹͿΘΕ ϷϷϹϺϺϼϽϾϿЕЕЂГЄЅІІЈЉЊЋКИУЏАБВГДЕЖЗИИКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ" + // U+03F0
        "АБВГДЕЖЗИИКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЕЕЂГЄЅІІЈЉЊЋКИУЏѠѠѢѢѤѤѦѦѨѨѪѪѬѬѮѮ" + // U+0430
        "ѰѰѲѲѴѴѴѴѸѸѺѺѼѼѾѾҀҀ _______ҊҊҌҌҎҎҐҐҒҒҔҔҖҖҘҘҚҚҜҜҞҞҠҠҢҢҤҤҦҦҨҨҪҪҬҬҮҮ" + // U+0470
        "ҰҰҲҲҴҴҶҶҸҸҺҺҼҼҾҾӀЖЖӃӃӅӅӇӇӉӉӋӋӍӍӀААААӔӔЕЕӘӘӘӘЖЖЗЗӠӠИИИИООӨӨӨӨЭЭУУ" + // U+04B0
        "УУУУЧЧӶӶЫЫӺӺӼӼӾӾԀԀԂԂԄԄԆԆԈԈԊԊԌԌԎԎԐԐԒԒԔԔԖԖԘԘԚԚԜԜԞԞԠԠԢԢԤԤԦԦԨԨԪԪԬԬԮԮ"; // U+04F0

    // U+1E00 to U+1FFF: Latin Extended Additional (Vietnamese among them), Greek Extended.
    private const char ExtendedAdditionalStart = '\u1E00';

    private const string ExtendedAdditional =
        "AABBBBBBCCDDDDDDDDDDEEEEEEEEEEFFGGHHHHHHHHHHIIIIKKKKKKLLLLLLLLMM" + // U+1E00
        "MMMMNNNNNNNNOOOOOOOOPPPPRRRRRRRRSSSSSSSSSSTTTTTTTTUUUUUUUUUUVVVV" + // U+1E40
        "WWWWWWWWWWXXXXYYZZZZZZHTWYASSS&DAAAAAAAAAAAAAAAAAAAAAAAAEEEEEEEE" + // U+1E80
        "EEEEEEEEIIIIOOOOOOOOOOOOOOOOOOOOOOOOUUUUUUUUUUUUUUYYYYYYYY&&VVYY" + // U+1EC0
        "ΑΑΑΑΑΑΑΑΑΑΑΑΑΑΑΑΕΕΕΕΕΕ  ΕΕΕΕΕΕ  ΗΗΗΗΗΗΗΗΗΗΗΗΗΗΗΗΙΙΙΙΙΙΙΙΙΙΙΙΙΙΙΙ" + // U+1F00
        "ΟΟΟΟΟΟ  ΟΟΟΟΟΟ  ΥΥΥΥΥΥΥΥ Υ Υ Υ ΥΩΩΩΩΩΩΩΩΩΩΩΩΩΩΩΩΑΑΕΕΗΗΙΙΟΟΥΥΩΩ  " + // U+1F40
        "ΑΑΑΑΑΑΑΑΑΑΑΑΑΑΑΑΗΗΗΗΗΗΗΗΗΗΗΗΗΗΗΗΩΩΩΩΩΩΩΩΩΩΩΩΩΩΩΩΑΑΑΑΑ ΑΑΑΑΑΑΑ Ι " + // U+1F80
        "  ΗΗΗ ΗΗΕΕΗΗΗ   ΙΙΙΙ  ΙΙΙΙΙΙ    ΥΥΥΥΡΡΥΥΥΥΥΥΡ  '  ΩΩΩ ΩΩΟΟΩΩΩ'  "; // U+1FC0

    // U+2C60 to U+2C7F: Latin Extended-C.
    private const char ExtendedCStart = '\u2C60';

    private const string ExtendedC =
        "LLLPRATHHKKZZⱭMⱯⱰⱱWWⱴⱵⱵⱷⱸⱹⱺⱻⱼⱽSZ"; // U+2C60

    // Pairs of first and last code point, ascending: soft and zero-width characters, directional marks, variation
    // selectors, combining marks outside the Latin block, the Arabic lengthening stroke, annotation marks.
    private const string DroppedRanges =
        "\u0640\u0640\u1AB0\u1AFF\u1DC0\u1DFF\u200B\u200F\u202A\u202E\u2060\u206F\u20D0\u20FF\uFE00\uFE0F" +
        "\uFE20\uFE2F\uFEFF\uFEFF\uFFF9\uFFFB\uFFFE\uFFFF";

    // Pairs of first and last code point, ascending: punctuation, symbols and spaces.
    private const string SeparatorRanges =
        "\u055A\u055F\u0589\u058A\u05BE\u05BE\u05C0\u05C0\u05C3\u05C3\u05F3\u05F4\u0606\u060F\u061B\u061F" +
        "\u066A\u066D\u06D4\u06D4\u0964\u0965\u0E4F\u0E4F\u10FB\u10FB\u1680\u1680\u180E\u180E\u2000\u205F" +
        "\u207A\u207E\u208A\u208E\u20A0\u20CF\u2100\u2101\u2103\u2106\u2108\u2109\u2114\u2114\u2116\u2118" +
        "\u211E\u2123\u2190\u2BFF\u2E00\u2E7F\u3000\u3004\u3008\u3020\u3030\u3030\u30FB\u30FB\uFE10\uFE1F" +
        "\uFE30\uFE6F\uFF5F\uFF65\uFFE0\uFFEF\uFFFC\uFFFD";

    private static string Digraph(char c) => c switch
    {
        'Æ' or 'æ' or 'Ǽ' or 'ǽ' or 'Ǣ' or 'ǣ' => "AE",
        'Œ' or 'œ' => "OE",
        'ß' or 'ẞ' => "SS",
        'Þ' or 'þ' => "TH",
        'Ĳ' or 'ĳ' => "IJ",
        'Ǆ' or 'ǅ' or 'ǆ' or 'Ǳ' or 'ǲ' or 'ǳ' => "DZ",
        'Ǉ' or 'ǈ' or 'ǉ' => "LJ",
        'Ǌ' or 'ǋ' or 'ǌ' => "NJ",
        'Ƕ' or 'ƕ' => "HV",
        'Ȣ' or 'ȣ' => "OU",
        'ȸ' => "DB",
        'ȹ' => "QP",
        'Ỻ' or 'ỻ' => "LL",
        '\uFB00' => "FF",
        '\uFB01' => "FI",
        '\uFB02' => "FL",
        '\uFB03' => "FFI",
        '\uFB04' => "FFL",
        '\uFB05' or '\uFB06' => "ST",
        _ => throw new ArgumentOutOfRangeException(nameof(c), "Not a character that folds to several letters."),
    };
}
