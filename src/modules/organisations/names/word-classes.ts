/**
 * Words that mean the same in the names of organisations of many countries, folded (names/fold-name.ts): full words
 * in the cases in which names use them, and the abbreviations people write.
 */
const classes = {
  university:
    'university univ uni universitate universitates universitat universitaet universitaten universite universites ' +
    'universidad universidade universita universiteit universitet universitetet universiteta uniwersytet ' +
    'uniwersytetu univerzita univerzity univerzitet univerzitetu univerza sveuciliste sveucilista egyetem ' +
    'egyeteme yliopisto ulikool ulikooli universitetas universiteto universitatea universitesi panepistimio ' +
    'haskoli haskolinn unibertsitatea universitas l-universita ollscoil universiteti',
  'university-college':
    'hochschule fachhochschule augstskola augstskolas hogeschool hogskole hogskolen hogskola hogskolan korgkool ' +
    'rakendusokool rakenduskorgkool ammattikorkeakoulu ammattikorkeakoulun kolegija kolegijos foiskola uczelnia ' +
    'wyzsza visoka veleuciliste veleucilista vysoka aukstoji erhvervsakademi professionshojskole yrkeshogskolan tei ' +
    'polytechnic politecnico polytechnique politechnika politehnica politehnika polytechneio',
  academy:
    'academy akademija akademijas akademie akademia akademii academia academie accademia akademiet akadeemia akademi akadeemia akademi akademin akademiya',
  institute:
    'institute institut inst instituts instituta institutas instituto istituto instytut institutet institutt intezet ' +
    'instituut instituti institutul ustav zavod instituto',
  school:
    'school sch skola skolas skolen skole schule escola escuela ecole scuola koulu koulun kool kooli szkola szkoly ' +
    'skola skole skoly skola iskola scoala scoli sola sole uciliste osnovna mokykla mokyklos scholeio dimotiko okul ' +
    'okulu skoli skolan schoul uchilishte shkola basisschool pamatskola pamatskolas grundschule grundskole ' +
    'podstawowa zakladni zakladna altalanos peruskoulu pohikool escolar primary pamatsk psk',
  'secondary-school':
    'gymnasium gimnazija gimnazijas gymnazium gimnazium gimnazjum gimnazija gumnaasium lukio lyceum liceum licej liceja ' +
    'licee lycee liceo liceul licejus lykeio lise lisesi vidusskola vidusskolas vsk keskkool secondary instituto srednja ' +
    'srednje stredni stredna ginnasio gymnasio gymnasiet gimnaziya college colegio collegi colegiul',
  'vocational-school':
    'vocational tehnikums tehnikuma tehnikum technikum kutsekool ammattiopisto berufsschule berufskolleg ' +
    'profesionalas profesionala profesinis profesinio zawodowych zawodowa technikos mbo roc formation fp cfa arodskola ' +
    'arodvidusskola pikc szakkepzo szakgimnazium epal meslek mesleki strukovna',
  kindergarten:
    'kindergarten kindergarden preschool bernudarzs bernudarza pii lasteaed paivakoti przedszkole przedszkola skolka ' +
    'materska vrtic vrtec ovoda gradinita darzelis lopselis maternelle infanzia kita jardim nipiagogeio leikskoli',
  association:
    'association biedriba biedribas asociacija asociacijas verein verband vereniging asociacion associacao associazione ' +
    'stowarzyszenie sdruzeni zdruzenie spolek udruga udruzenje drustvo egyesulet yhdistys uhing mtu asociatia asociatiei ' +
    'dernegi forening foreningen forbund liitto liit savienība savieniba syllogos asotsiatsiya sdruzhenie assoc',
  foundation:
    'foundation fondation fundacion fundacao fundacio fondazione fundacja stiftung stichting nodibinajums nodibinajuma ' +
    'fonds fonda sihtasutus nadace nadacia zaklada fondacija alapitvany saatio fundatia fundatiei vakfi stiftelse fond ' +
    'fondas fondaciya fondi idryma',
  municipality:
    'municipality novads novada pasvaldiba dome domes gmina gemeinde gemeente comune commune ayuntamiento municipio ' +
    'camara obec mesto miasto stadt stad kommune kommun kunta vald linnavalitsus savivaldybe savivaldybes opstina obcina ' +
    'opcina onkormanyzat primaria belediyesi dimos obshtina council city',
  ministry:
    'ministry ministrija ministerium ministere ministerio ministero ministerie ministerstwo ministerstvo ministarstvo ' +
    'miniszterium ministerio ministeerium ministeriet ministerul bakanligi ypourgeio departments ministerija',
  centre:
    'centre center centrs centra centrum zentrum centro centar keskus kozpont centrul merkezi kentro senter centras centr'
} as const

export type WordClass = keyof typeof classes

const classOfWord = new Map<string, WordClass>()
for (const [kind, words] of Object.entries(classes) as [WordClass, string][])
  for (const word of words.split(' ')) if (!classOfWord.has(word)) classOfWord.set(word, kind)

/** What kind of word it is in the names of organisations; undefined for one that tells them apart. */
export function classOf(word: string): WordClass | undefined {
  return classOfWord.get(word)
}

/**
 * Forms of law, in any country: they say nothing about which organisation it is, and are left out as often as not.
 * Folded, dots inside gone (S.A.R.L. → sarl).
 */
const legalForms = new Set(
  (
    'sia as ik ps vas ab uab vsi mb ou mtu sa ltd limited plc llc llp inc cic gmbh ggmbh mbh ag ev eg ohg kg ug se ' +
    'sarl sas sasu eurl scop asbl aisbl ivzw vzw npo bv nv cv cvba bvba srl sprl spa scarl snc onlus aps odv ets ' +
    'sl slu sll sau scl lda crl unipessoal oy oyj ry rf hb aps ivs as asa ba sro spol zs zu ops oz no nezisk doo dd jdoo ' +
    'kft zrt nyrt bt nonprofit eood ood ad zspo zoo spzoo sp ehf hf sti tic eeig geie egtc ipp ao ooo nko mchj'
  ).split(' ')
)

/** Whether a word is a form of law. */
export function isLegalForm(word: string): boolean {
  return legalForms.has(word)
}

/** Words between the words that tell, in the languages that names are written in. */
const betweens = new Set(
  (
    'of the and for in at de del des du la le les el los las da do das dos di dei della delle degli der die das und fur ' +
    'van het een und zu im am um un par pie en y e i w im na z ze v s si sa ja og och for av til fra ve ile per pri za u ' +
    'nr no num tou tis ton kai sti a l d'
  ).split(' ')
)

/** Whether a word only stands between others. */
export function isBetween(word: string): boolean {
  return betweens.has(word)
}
