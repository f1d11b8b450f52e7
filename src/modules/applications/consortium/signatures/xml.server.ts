import { DOMParser } from '@xmldom/xmldom'
import { C14nCanonicalization, ExclusiveCanonicalization, findAncestorNs } from 'xml-crypto'

/** XML of signatures, read strictly: what two programs could read differently is refused. */

const namespaces = {
  ds: ['http://www.w3.org/2000/09/xmldsig#'],
  xades: ['http://uri.etsi.org/01903/v1.3.2#', 'http://uri.etsi.org/01903/v1.4.1#']
} as const

type Prefix = keyof typeof namespaces

const mostElements = 5000 // not of a guide: elements
const mostDeep = 40

/** An element, with what is asked of one here. */
export type Element = {
  name: string
  node: globalThis.Element
  attribute: (name: string) => string | undefined
  holds: (other: Element) => boolean
}

/** Reads a file of signatures: no document type, no entities of its own, no id twice. */
export function readXml(xml: string): Element | { problem: 'ambiguous' | 'damaged' | 'too-much' } {
  // There is no reason for either in a signature, and many ways to do harm with them.
  if (/<!(?:DOCTYPE|ENTITY)/i.test(xml)) return { problem: 'ambiguous' }
  if ((xml.match(/<[^/!?]/g)?.length ?? 0) > mostElements) return { problem: 'too-much' }
  let complaints = 0
  const complain = () => void complaints++
  const parser = new DOMParser({ errorHandler: { warning: complain, error: complain, fatalError: complain } })
  let root: globalThis.Element | null
  try {
    root = parser.parseFromString(xml.replace(/^\ufeff/, ''), 'text/xml').documentElement
  } catch {
    return { problem: 'damaged' }
  }
  if (complaints > 0 || !root) return { problem: 'damaged' }
  if (depthOf(root) > mostDeep) return { problem: 'too-much' }
  const ids = allIn(root).flatMap((element) =>
    ['Id', 'ID', 'id'].flatMap((name) => element.getAttribute(name) || [])
  )
  if (new Set(ids).size !== ids.length) return { problem: 'ambiguous' }
  return elementOf(root)
}

/** The elements directly in one. */
export function childrenOf(element: Element, prefix: Prefix, name: string): Element[] {
  return [...nodesOf(element.node)].filter((node) => isNamed(node, prefix, name)).map(elementOf)
}

/** The elements anywhere in one. */
export function elementsIn(element: Element, prefix: Prefix, name: string): Element[] {
  return allIn(element.node)
    .filter((node) => isNamed(node, prefix, name))
    .map(elementOf)
}

export function textOf({ node }: Element): string {
  return (node.textContent ?? '').trim()
}

const forms: Readonly<Record<string, 'inclusive' | 'exclusive'>> = {
  'http://www.w3.org/TR/2001/REC-xml-c14n-20010315': 'inclusive',
  // 1.1 differs in what it inherits of xml:… attributes only; with such ones nothing is canonicalised here.
  'http://www.w3.org/2006/12/xml-c14n11': 'inclusive',
  'http://www.w3.org/2001/10/xml-exc-c14n#': 'exclusive'
}

/** Whether this way of putting XML into one form is read. */
export function isCanonical(algorithm: string): boolean {
  return algorithm in forms
}

/** An element in the form that was signed; undefined where it holds what that form is not certain for. */
export function canonical({ node }: Element, algorithm: string): Buffer | undefined {
  const odd = [...ancestorsOf(node), ...allIn(node)].some((one) =>
    Array.from(one.attributes).some(({ name }) => name.startsWith('xml:'))
  )
  if (odd) return undefined
  try {
    const written =
      forms[algorithm] === 'exclusive'
        ? new ExclusiveCanonicalization().process(node, {})
        : new C14nCanonicalization().process(node, { ancestorNamespaces: namespacesAround(node) })
    return Buffer.from(String(written), 'utf8')
  } catch {
    return undefined
  }
}

/** Declarations of namespaces above an element, which the inclusive form writes into it. */
function namespacesAround(node: globalThis.Element) {
  const steps: string[] = []
  for (let at: globalThis.Element | null = node; at; at = parentOf(at)) {
    const before = nodesOf(parentOf(at) ?? (at.ownerDocument as unknown as globalThis.Element))
    steps.unshift(`*[${[...before].indexOf(at) + 1}]`)
  }
  return findAncestorNs(node.ownerDocument, `/${steps.join('/')}`)
}

function ancestorsOf(node: globalThis.Element): globalThis.Element[] {
  const found: globalThis.Element[] = []
  for (let at = parentOf(node); at; at = parentOf(at)) found.push(at)
  return found
}

function parentOf(node: globalThis.Element): globalThis.Element | null {
  const parent = node.parentNode
  return parent?.nodeType === 1 ? (parent as globalThis.Element) : null
}

function* nodesOf(node: globalThis.Element): Iterable<globalThis.Element> {
  for (let child = node.firstChild; child; child = child.nextSibling)
    if (child.nodeType === 1) yield child as globalThis.Element
}

function allIn(node: globalThis.Element): globalThis.Element[] {
  return [node, ...[...nodesOf(node)].flatMap(allIn)]
}

function depthOf(root: globalThis.Element): number {
  let depth = 0
  for (let level = [root]; level.length > 0; level = level.flatMap((node) => [...nodesOf(node)])) depth++
  return depth
}

function isNamed(node: globalThis.Element, prefix: Prefix, name: string): boolean {
  return (
    node.localName === name && (namespaces[prefix] as readonly (string | null)[]).includes(node.namespaceURI)
  )
}

function elementOf(node: globalThis.Element): Element {
  return {
    name: node.localName,
    node,
    attribute: (name) => (node.hasAttribute(name) ? (node.getAttribute(name) ?? undefined) : undefined),
    holds: (other) => other.node === node || ancestorsOf(other.node).includes(node)
  }
}
