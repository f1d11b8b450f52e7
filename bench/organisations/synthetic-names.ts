/**
 * Names of organisations as they are found in programmes of the European Union: patterns of twelve countries filled
 * with places, numbers and people they are named for. The same seed gives the same names.
 */

type Pattern = {
  country: string
  names: readonly string[]
  places: readonly string[]
  people: readonly string[]
}

const patterns: readonly Pattern[] = [
  {
    country: 'LV',
    names: [
      '{place} {n}. vidusskola',
      '{place} {n}. pamatskola',
      '{place} Valsts ģimnāzija',
      '{place} tehnikums',
      'Biedrība “{word}”',
      '{place} novada pašvaldība',
      '{place} pirmsskolas izglītības iestāde “{word}”',
      'SIA “{word}”',
      'Nodibinājums “{person} fonds”'
    ],
    places: [
      'Rīgas',
      'Daugavpils',
      'Liepājas',
      'Jelgavas',
      'Ventspils',
      'Rēzeknes',
      'Valmieras',
      'Cēsu',
      'Siguldas',
      'Kuldīgas',
      'Ogres',
      'Tukuma',
      'Talsu',
      'Bauskas',
      'Madonas',
      'Alūksnes',
      'Gulbenes',
      'Krāslavas',
      'Preiļu',
      'Saldus'
    ],
    people: [
      'Raiņa',
      'Krišjāņa Valdemāra',
      'Friča Brīvzemnieka',
      'Jāņa Čakstes',
      'Aspazijas',
      'Andreja Upīša'
    ]
  },
  {
    country: 'PL',
    names: [
      'Szkoła Podstawowa nr {n} im. {person} w {place}',
      'Zespół Szkół nr {n} w {place}',
      '{n} Liceum Ogólnokształcące im. {person} w {place}',
      'Przedszkole nr {n} w {place}',
      'Fundacja {word}',
      'Stowarzyszenie {word}',
      'Gmina {place}',
      'Zespół Szkół Zawodowych im. {person} w {place}'
    ],
    places: [
      'Warszawie',
      'Krakowie',
      'Łodzi',
      'Wrocławiu',
      'Poznaniu',
      'Gdańsku',
      'Szczecinie',
      'Bydgoszczy',
      'Lublinie',
      'Białymstoku',
      'Katowicach',
      'Gdyni',
      'Częstochowie',
      'Radomiu',
      'Toruniu',
      'Rzeszowie',
      'Kielcach',
      'Olsztynie'
    ],
    people: [
      'Jana Pawła II',
      'Adama Mickiewicza',
      'Marii Skłodowskiej-Curie',
      'Mikołaja Kopernika',
      'Tadeusza Kościuszki',
      'Juliusza Słowackiego',
      'Henryka Sienkiewicza',
      'Stefana Żeromskiego'
    ]
  },
  {
    country: 'ES',
    names: [
      'IES {person}',
      'CEIP {person}',
      'Colegio {person} de {place}',
      'Ayuntamiento de {place}',
      'Asociación {word} de {place}',
      'Fundación {person}',
      'Centro Integrado de Formación Profesional {place}',
      'CIFP {word}'
    ],
    places: [
      'Sevilla',
      'Valencia',
      'Zaragoza',
      'Málaga',
      'Murcia',
      'Córdoba',
      'Valladolid',
      'Vigo',
      'Gijón',
      'Granada',
      'Elche',
      'Oviedo',
      'Badajoz',
      'Cartagena',
      'Jerez de la Frontera',
      'Almería',
      'León',
      'Cádiz'
    ],
    people: [
      'Miguel de Cervantes',
      'Ramón y Cajal',
      'Federico García Lorca',
      'Antonio Machado',
      'Isabel la Católica',
      'Juan Ramón Jiménez',
      'San José',
      'Nuestra Señora del Carmen',
      'Rosalía de Castro',
      'Severo Ochoa'
    ]
  },
  {
    country: 'DE',
    names: [
      '{person}-Gymnasium {place}',
      '{person}-Schule {place}',
      'Grundschule {place}-{word}',
      'Berufskolleg {place}',
      'Stadt {place}',
      '{word} e.V.',
      '{word} gGmbH',
      'Volkshochschule {place}',
      'Berufsbildende Schulen {n} {place}'
    ],
    places: [
      'Köln',
      'München',
      'Düsseldorf',
      'Nürnberg',
      'Münster',
      'Osnabrück',
      'Göttingen',
      'Würzburg',
      'Saarbrücken',
      'Lübeck',
      'Kassel',
      'Jena',
      'Görlitz',
      'Tübingen',
      'Fürth',
      'Rostock',
      'Mainz'
    ],
    people: [
      'Albert-Einstein',
      'Goethe',
      'Friedrich-Schiller',
      'Sophie-Scholl',
      'Käthe-Kollwitz',
      'Anne-Frank',
      'Johannes-Kepler',
      'Carl-von-Ossietzky',
      'Geschwister-Scholl'
    ]
  },
  {
    country: 'IT',
    names: [
      'Istituto Comprensivo {person}',
      'Liceo Scientifico {person}',
      'I.I.S. {person} - {place}',
      'Comune di {place}',
      'Associazione {word}',
      'Cooperativa Sociale {word} Onlus',
      'Istituto Tecnico {person} di {place}',
      '{word} S.r.l.'
    ],
    places: [
      'Roma',
      'Milano',
      'Napoli',
      'Torino',
      'Palermo',
      'Genova',
      'Bologna',
      'Bari',
      'Forlì',
      'Cosenza',
      'Perugia',
      'Lecce',
      'Catania',
      'Udine',
      'Pescara',
      "L'Aquila"
    ],
    people: [
      'Galileo Galilei',
      'Leonardo da Vinci',
      'Dante Alighieri',
      'Alessandro Manzoni',
      'Giovanni Falcone',
      'Maria Montessori',
      'Enrico Fermi',
      'Guglielmo Marconi',
      'Don Milani'
    ]
  },
  {
    country: 'FR',
    names: [
      'Lycée {person}',
      'Collège {person}',
      'Lycée professionnel {person} de {place}',
      'Commune de {place}',
      'Association {word}',
      'École élémentaire {person}',
      'Mission locale de {place}',
      'Maison familiale rurale de {place}'
    ],
    places: [
      'Orléans',
      'Besançon',
      'Saint-Étienne',
      'Nîmes',
      'Angoulême',
      'Béziers',
      'Évreux',
      'Périgueux',
      'Châteauroux',
      'Rennes',
      'Lorient',
      'Grenoble',
      'Limoges',
      'Amiens',
      'Montauban'
    ],
    people: [
      'Victor Hugo',
      'Jean Moulin',
      'Émile Zola',
      'Louis Pasteur',
      'Jules Ferry',
      'Marie Curie',
      'Saint-Exupéry',
      'Jean Jaurès',
      'George Sand',
      'Paul Éluard'
    ]
  },
  {
    country: 'BG',
    names: [
      '{n} Средно училище „{person}“',
      'Професионална гимназия по икономика „{person}“ – {place}',
      'Основно училище „{person}“, {place}',
      'Община {place}',
      'Сдружение „{word}“',
      'Детска градина № {n} „{word}“'
    ],
    places: [
      'София',
      'Пловдив',
      'Варна',
      'Бургас',
      'Русе',
      'Стара Загора',
      'Плевен',
      'Сливен',
      'Добрич',
      'Шумен',
      'Перник',
      'Хасково'
    ],
    people: [
      'Васил Левски',
      'Христо Ботев',
      'Св. св. Кирил и Методий',
      'Паисий Хилендарски',
      'Отец Паисий',
      'Иван Вазов'
    ]
  },
  {
    country: 'GR',
    names: [
      '{n}ο Γυμνάσιο {place}',
      '{n}ο Γενικό Λύκειο {place}',
      '{n}ο Δημοτικό Σχολείο {place}',
      '{n}ο ΕΠΑΛ {place}',
      'Δήμος {place}',
      'Σύλλογος {word}'
    ],
    places: [
      'Αθηνών',
      'Θεσσαλονίκης',
      'Πατρών',
      'Ηρακλείου',
      'Λάρισας',
      'Βόλου',
      'Ιωαννίνων',
      'Χανίων',
      'Καβάλας',
      'Σερρών',
      'Κομοτηνής',
      'Ρόδου'
    ],
    people: ['Ρήγας Φεραίος']
  },
  {
    country: 'RO',
    names: [
      'Școala Gimnazială „{person}” {place}',
      'Colegiul Național „{person}” {place}',
      'Liceul Tehnologic „{person}” {place}',
      'Primăria {place}',
      'Asociația {word}',
      'Grădinița cu program prelungit nr. {n} {place}',
      'Inspectoratul Școlar Județean {place}'
    ],
    places: [
      'București',
      'Cluj-Napoca',
      'Timișoara',
      'Iași',
      'Constanța',
      'Brașov',
      'Galați',
      'Ploiești',
      'Oradea',
      'Bacău',
      'Târgu Mureș',
      'Suceava'
    ],
    people: [
      'Mihai Eminescu',
      'Ion Creangă',
      'George Coșbuc',
      'Nicolae Bălcescu',
      'Alexandru Ioan Cuza',
      'Ștefan cel Mare',
      'Liviu Rebreanu'
    ]
  },
  {
    country: 'TR',
    names: [
      '{place} {person} Anadolu Lisesi',
      '{person} İlkokulu',
      '{place} Belediyesi',
      '{place} İl Milli Eğitim Müdürlüğü',
      '{word} Derneği',
      '{person} Mesleki ve Teknik Anadolu Lisesi'
    ],
    places: [
      'Ankara',
      'İzmir',
      'Bursa',
      'Konya',
      'Antalya',
      'Gaziantep',
      'Kayseri',
      'Eskişehir',
      'Diyarbakır',
      'Çanakkale',
      'Şanlıurfa',
      'Muğla'
    ],
    people: [
      'Atatürk',
      'Mehmet Akif Ersoy',
      'Yunus Emre',
      'Cumhuriyet',
      'Mimar Sinan',
      'Fatih Sultan Mehmet',
      'Barbaros'
    ]
  },
  {
    country: 'FI',
    names: [
      '{place}n lukio',
      '{place}n koulu',
      '{place}n kaupunki',
      '{place}n ammattiopisto',
      '{word} ry',
      '{word} Oy',
      '{place}n kansalaisopisto'
    ],
    places: [
      'Helsingi',
      'Jyväskylä',
      'Oulu',
      'Turu',
      'Tamperee',
      'Lahde',
      'Kuopio',
      'Pori',
      'Joensuu',
      'Vaasa',
      'Seinäjoe',
      'Hämeenlinna'
    ],
    people: ['Minna Canth']
  },
  {
    country: 'HU',
    names: [
      '{person} Általános Iskola {place}',
      '{place}i {person} Gimnázium',
      '{place}i Szakképzési Centrum',
      '{word} Alapítvány',
      '{word} Egyesület',
      '{word} Kft.',
      '{place} Város Önkormányzata'
    ],
    places: [
      'Debrecen',
      'Szeged',
      'Miskolc',
      'Pécs',
      'Győr',
      'Nyíregyháza',
      'Kecskemét',
      'Székesfehérvár',
      'Szombathely',
      'Eger',
      'Veszprém',
      'Békéscsaba'
    ],
    people: [
      'Petőfi Sándor',
      'Kossuth Lajos',
      'Széchenyi István',
      'Arany János',
      'Radnóti Miklós',
      'Vörösmarty Mihály',
      'Deák Ferenc'
    ]
  }
]

/** Endless numbers from 0 to 1, always the same for a seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const syllables = [
  'al',
  'ber',
  'co',
  'da',
  'el',
  'fi',
  'go',
  'hu',
  'in',
  'jo',
  'ka',
  'lu',
  'ma',
  'no',
  'or',
  'pa',
  'qui',
  'ra',
  'so',
  'ti',
  'um',
  'va',
  'wi',
  'xe',
  'ya',
  'ze',
  'štu',
  'žī',
  'ño',
  'ör'
]

export type SyntheticOrganisation = { name: string; country: string; city: string }

/** So many organisations; no two have the same name. */
export function syntheticOrganisations(count: number, seed = 3): SyntheticOrganisation[] {
  const chance = seeded(seed)
  const one = <Item>(items: readonly Item[]) => items[Math.floor(chance() * items.length)]!
  const word = () => {
    const made = Array.from({ length: 2 + Math.floor(chance() * 3) }, () => one(syllables)).join('')
    return made[0]!.toUpperCase() + made.slice(1)
  }
  const seen = new Set<string>()
  const made: SyntheticOrganisation[] = []
  while (made.length < count) {
    const { country, names, places, people } = one(patterns)
    const city = one(places)
    const name = one(names)
      .replace('{place}', city)
      .replace('{person}', one(people))
      .replace('{n}', String(1 + Math.floor(chance() * 180)))
      .replace('{word}', () => (chance() < 0.5 ? word() : `${word()} ${word()}`))
    // Where everything has been named already, the next is told apart as schools are.
    const unlike = seen.has(name) ? `${name} ${word()}` : name
    if (seen.has(unlike)) continue
    seen.add(unlike)
    made.push({ name: unlike, country, city })
  }
  return made
}
