/** The page as the server would show it now; undefined when it cannot be had. */
export async function pageNow(): Promise<Document | undefined> {
  try {
    const response = await fetch(location.href, { headers: { accept: 'text/html' } })
    return response.ok ? parsedPage(await response.text()) : undefined
  } catch {
    return undefined
  }
}

export function parsedPage(html: string): Document {
  return new DOMParser().parseFromString(html, 'text/html')
}
