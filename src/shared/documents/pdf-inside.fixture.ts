import { inflateSync } from 'node:zlib'
import { getDocumentProxy } from 'unpdf'

/** An object of a file: its dictionary or value as it stands, and what its stream holds, opened. */
type PdfObject = { id: number; says: string; stream: Buffer | undefined }

/** What a PDF is made of. */
export type PdfInside = {
  objects: PdfObject[]
  /** The one that a reference names, such as “12 0 R”. */
  behind(reference: string): PdfObject
  /** Of which everything else hangs. */
  catalog: PdfObject
  trailer: string
  /** XMP, as XML. */
  metadata: string
}

/**
 * Opens a PDF as a validator would: by its table of objects, not by looking for words, so that nothing in a picture
 * or a font is taken for a part of the document. Files with packed objects are refused.
 */
export function insideOf(pdf: Uint8Array): PdfInside {
  const file = Buffer.from(pdf)
  const text = file.toString('latin1')
  const start = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(text)![1])
  if (text.slice(start, start + 4) !== 'xref') throw new Error('The objects of this file are packed.')
  const trailer = text.slice(text.indexOf('trailer', start))
  const places = [...text.slice(start).matchAll(/^(\d{10}) \d{5} n/gm)].map((found) => Number(found[1]))
  const objects = places.map((at, index) => objectAt(file, at, places[index + 1] ?? start))
  const behind = (reference: string) => {
    const id = Number(/^(\d+) 0 R$/.exec(reference)![1])
    return objects.find((one) => one.id === id)!
  }
  const catalog = behind(/\/Root (\d+ 0 R)/.exec(trailer)![1]!)
  const metadata = behind(valueOf(catalog, 'Metadata')!).stream!.toString('utf8')
  return { objects, behind, catalog, trailer, metadata }
}

function objectAt(file: Buffer, from: number, to: number): PdfObject {
  const head = file.toString('latin1', from, to)
  const id = Number(/^(\d+) 0 obj/.exec(head)![1])
  const begins = /\bstream\r?\n/.exec(head)
  if (!begins) return { id, says: head, stream: undefined }
  const says = head.slice(0, begins.index)
  const body = from + begins.index + begins[0].length
  const bytes = file.subarray(body, body + Number(/\/Length (\d+)/.exec(says)![1]))
  return { id, says, stream: says.includes('/FlateDecode') ? inflateSync(bytes) : bytes }
}

/** What a dictionary says under a name, where it is one word, one reference or one text. */
export function valueOf({ says }: Pick<PdfObject, 'says'>, name: string): string | undefined {
  return new RegExp(`/${name}\\s+(\\d+ 0 R|/\\w+|\\([^)]*\\)|[\\w.]+)`).exec(says)?.[1]
}

/** What somebody sees and hears of each page: its words, and the tags that a screen reader is led by. */
export async function pagesOf(pdf: Uint8Array): Promise<{ text: string; tags: string[] }[]> {
  const document = await getDocumentProxy(new Uint8Array(pdf), { verbosity: 0 })
  return Promise.all(
    Array.from({ length: document.numPages }, async (_, index) => {
      const page = await document.getPage(index + 1)
      const { items } = await page.getTextContent()
      return {
        text: items.map((item) => ('str' in item ? item.str : '')).join(''),
        tags: rolesIn(await page.getStructTree())
      }
    })
  )
}

function rolesIn(node: object | null): string[] {
  if (!node || !('role' in node)) return []
  const { role, children } = node as { role: string; children: object[] }
  return [role, ...children.flatMap(rolesIn)]
}
