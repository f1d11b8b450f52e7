import {
  type PdfDictionary,
  type PdfSection,
  entriesOf,
  pastSpace,
  readObject,
  readTable,
  referencesIn,
  spelled
} from './pdf-objects.server.ts'

/** A document with the updates that were read so far. */
type Known = {
  /** The objects of the document itself; undefined: it has one that is not read here, a stream. */
  made: ReadonlyMap<number, string | undefined>
  /** What updates added or redefined. */
  added: ReadonlyMap<number, string>
  /** The newest section. */
  last: PdfSection
}

const inSignature =
  '/Type /Filter /SubFilter /Contents /ByteRange /M /Name /Reason /Location /ContactInfo /Reference /Prop_Build /R /V /Cert /Changes'
const inField = '/Type /Subtype /FT /T /TU /TM /V /F /Ff /Rect /P /Lock'
const inForm = '/Fields /SigFlags /DA'
const inTrailer = '/Size /Root /Info /ID /Prev'
/** Of dictionaries that a signature refers to: what it covers. */
const inReference =
  '/Type /TransformMethod /TransformParams /Data /DigestMethod /DigestValue /DigestLocation /P /V /Action /Fields'

/**
 * Whether a PDF is one that was there before and besides nothing but signatures. A viewer shows the newest definition
 * of each object, so that an update can make another document of the bytes before it: here it may add signatures,
 * fields of signatures that are not drawn and their form, and redefine only the catalog and pages by references to
 * them. Every byte of it has to be accounted for; what is not read is not taken.
 */
export function addsOnlySignatures(pdf: Buffer, before: Buffer): boolean {
  if (before.length === 0 || !pdf.subarray(0, before.length).equals(before)) return false
  // One character a byte: positions in the text are positions in the file.
  const text = pdf.toString('latin1')
  const made = before.toString('latin1')
  const section = readTable(
    made,
    Number(/startxref\s{1,4}(\d{1,10})\s{1,4}%%EOF\s*$/.exec(made.slice(-64))?.[1] ?? -1)
  )
  if (!section) return false
  const objects = [...section.table].map(
    ([number, place]) => [number, readObject(made, place)?.value] as const
  )
  let known: Known | undefined = { made: new Map(objects), added: new Map(), last: section }
  let at = pastSpace(text, before.length)
  if (at === pdf.length) return false
  // Each who signs appends an update of their own.
  while (known && at < pdf.length) {
    known = readUpdate(text, at, known)
    at = known?.last.end ?? at
  }
  return known !== undefined
}

/** Reads one update; undefined: it holds something else than signatures, or something that is not read. */
function readUpdate(text: string, from: number, before: Known): Known | undefined {
  const objects = new Map<number, string>()
  const places = new Map<number, number>()
  let at = from
  while (/\d/.test(text[at] ?? '')) {
    const object = readObject(text, at)
    if (!object || objects.has(object.number)) return undefined
    objects.set(object.number, object.value)
    places.set(object.number, at)
    at = object.end
  }
  const section = readTable(text, at)
  if (!section || section.table.size !== places.size) return undefined
  // A table may point into the middle of something: only what was read in order is an object.
  if ([...section.table].some(([number, place]) => places.get(number) !== place)) return undefined
  if (!continues(section.trailer, before.last)) return undefined
  const known = { made: before.made, added: new Map([...before.added, ...objects]), last: section }
  return [...objects].every(([number, value]) => isHarmless(number, value, known, before.added))
    ? known
    : undefined
}

function continues(trailer: PdfDictionary, before: PdfSection): boolean {
  return (
    holdsOnly(trailer, inTrailer) &&
    trailer.get('/Root') === before.trailer.get('/Root') &&
    trailer.get('/Prev') === String(before.tableAt) &&
    (!trailer.has('/Info') || trailer.get('/Info') === before.trailer.get('/Info'))
  )
}

/** @param before what earlier updates added */
function isHarmless(
  number: number,
  value: string,
  known: Known,
  before: ReadonlyMap<number, string>
): boolean {
  const entries = entriesOf(value)
  if (!known.made.has(number)) return entries ? isOfSignature(entries, known) : drawsNothing(value, known)
  const was = entriesOf(before.get(number) ?? known.made.get(number))
  if (!entries || !was) return false
  if (known.last.trailer.get('/Root') === `${number} 0 R`)
    return (
      alike(entries, was, ['/AcroForm', '/Perms', '/Extensions']) && isForm(entries.get('/AcroForm'), known)
    )
  if (was.get('/Type') === '/Page')
    return alike(entries, was, ['/Annots']) && drawsNothing(entries.get('/Annots'), known)
  return known.last.trailer.get('/Info') === `${number} 0 R` && alike(entries, was, ['/ModDate', '/Producer'])
}

function isOfSignature(entries: PdfDictionary, known: Known): boolean {
  return (
    isField(entries) ||
    isForm(spelled(entries), known) ||
    (entries.has('/ByteRange') && holdsOnly(entries, inSignature)) ||
    holdsOnly(entries, inReference)
  )
}

/** A field of a signature, without a place on the page and without anything to draw or to do. */
function isField(entries: PdfDictionary): boolean {
  const place = entries.get('/Rect')
  return (
    entries.get('/FT') === '/Sig' &&
    holdsOnly(entries, inField) &&
    (place === undefined || /^\[(?:0(?:\.0+)?(?: |(?=\]))){4}\]$/.test(place))
  )
}

/** The form that fields stand in. */
function isForm(value: string | undefined, known: Known): boolean {
  if (value === undefined) return true
  const entries = entriesOf(addedOr(value, known))
  return entries !== undefined && holdsOnly(entries, inForm) && drawsNothing(entries.get('/Fields'), known)
}

/** A list of fields of signatures and of nothing else. */
function drawsNothing(list: string | undefined, known: Known): boolean {
  if (list === undefined) return true
  const fields = referencesIn(addedOr(list, known))
  return (
    fields?.every((number) => {
      const entries = entriesOf(known.added.get(number))
      return entries !== undefined && isField(entries)
    }) ?? false
  )
}

/** A value itself, or what an update added that it refers to. */
function addedOr(value: string, { added }: Known): string | undefined {
  return value.endsWith(' R') ? added.get(Number.parseInt(value, 10)) : value
}

const holdsOnly = (entries: PdfDictionary, keys: string) => {
  const allowed = keys.split(' ')
  return [...entries.keys()].every((key) => allowed.includes(key))
}

/** Whether two dictionaries say the same but for some entries. */
function alike(one: PdfDictionary, other: PdfDictionary, but: readonly string[]): boolean {
  const kept = (entries: PdfDictionary) =>
    spelled(new Map([...entries].filter(([key]) => !but.includes(key))))
  return kept(one) === kept(other)
}
