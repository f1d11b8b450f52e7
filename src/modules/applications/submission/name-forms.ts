// How names change in Latvian and Lithuanian sentences: “Anna Bērziņa” writes, a letter comes from Annas Bērziņas.

/**
 * A row: how the name ends in a dictionary, its endings after the stem, and those before which the last consonant of
 * the stem softens (Kārlis, of Kārļa). The first row that fits a name holds; a name may be of either language.
 */
type Declension = { readonly ends: string; readonly endings: string; readonly softened?: string }

const declensions: readonly Declension[] = [
  // Mazais, Zaļā
  { ends: 'ais', endings: 'ais ā ajam o ajā ie ajiem os ajos' },
  { ends: 'ā', endings: 'ā ās ajai o ajā ajām' },
  // Paulius; Mikus, Petkus
  { ends: 'ius', endings: 'ius iaus iui ių iumi iuje iau' },
  { ends: 'us', endings: 'us u um ū ums aus ui ų umi uje au' },
  // Kazlauskas, in Latvian of Kazlauska; Vārpas, more than one
  {
    ends: 'as',
    endings: 'as o ui ą u e uje ai ų ams us ais uose s a am ā i iem os ām ās'
  },
  // Kubilys, Kalnietis; Jānis, Kārlis
  { ends: 'ys', endings: 'ys io iui į iu yje y iai ių iams iais is im i ī', softened: 'a am u' },
  {
    ends: 'is',
    endings: 'is im i ī io iui į iu yje iai ių iams iais',
    softened: 'a am u i iem us os'
  },
  // Bērziņš, Ozols
  { ends: 'š', endings: 'š a am u ā i iem us os' },
  { ends: 's', endings: 's a am u ā i iem us os' },
  // Ozola, gimnazija
  { ends: 'a', endings: 'a as ai u ā am ām ās os ą oje ų oms omis ose' },
  // Zīles, more than one; Zīle, Kazlauskienė
  { ends: 'es', endings: 'es ēm ēs', softened: 'u' },
  { ends: 'e', endings: 'e es ei i ē em ēm ēs ė ės ę ėje ių ėms ėmis ėse', softened: 'u' },
  { ends: 'ė', endings: 'ė ės ei ę ėje i ių ėms ėmis ėse e es ē em ēm ēs', softened: 'u' },
  // Zīļukalni, more than one
  { ends: 'i', endings: 'i u iem us os' }
]

// What a consonant becomes: Lācis, of Lāča; Alksnis, of Alkšņa. The longest fits first.
const soft: readonly (readonly [hard: string, soft: string])[] = [
  ...([
    ['ll', 'ļļ'],
    ['nn', 'ņņ'],
    ['ln', 'ļņ'],
    ['sn', 'šņ'],
    ['zn', 'žņ'],
    ['sl', 'šļ'],
    ['zl', 'žļ'],
    ['dz', 'dž']
  ] as const),
  ...([
    ['b', 'bj'],
    ['p', 'pj'],
    ['m', 'mj'],
    ['v', 'vj'],
    ['n', 'ņ'],
    ['l', 'ļ'],
    ['s', 'š'],
    ['z', 'ž'],
    ['t', 'š'],
    ['d', 'ž'],
    ['c', 'č']
  ] as const)
]

/** In names these may stay as they are: Atis, of Ata; Aldis, of Alda. */
const staysHard = /[td]$/u

const shortestStem = 2

/**
 * All forms of one word of a name, in small letters, itself among them.
 * @param word as it stands in a name; what is of neither language, or too short, has one form
 */
export function formsOf(word: string): ReadonlySet<string> {
  const small = word.toLocaleLowerCase('lv')
  const declension = declensions.find(({ ends }) => small.endsWith(ends))
  const stem = declension ? small.slice(0, -declension.ends.length) : small
  if (!declension || stem.length < shortestStem || /\d/.test(small)) return new Set([small])
  return new Set([
    small,
    ...declension.endings.split(' ').map((ending) => stem + ending),
    ...(declension.softened?.split(' ') ?? []).flatMap((ending) =>
      (staysHard.test(stem) ? [softened(stem), stem] : [softened(stem)]).map((one) => one + ending)
    )
  ])
}

function softened(stem: string): string {
  const [hard, instead] = soft.find(([one]) => stem.endsWith(one)) ?? ['', '']
  return hard ? stem.slice(0, -hard.length) + instead : stem
}
