/** Somebody at work on an application: which one, and the cookie of their session. */
export type Writer = { application: string; cookie: string }

/** How a request of the API is sent: by a browser on one of our own pages. @param origin as browsers name the site */
export function writing(method: 'PUT' | 'POST', path: string, origin: string, cookie: string, body: string) {
  return request(
    method,
    path,
    origin,
    `cookie: ${cookie}\r\norigin: ${origin}\r\ncontent-type: application/json\r\n`,
    body
  )
}

/** A whole request, as it goes over the line. */
export function request(method: string, path: string, origin: string, headers = '', body = ''): string {
  const about = method === 'GET' ? '' : `content-length: ${Buffer.byteLength(body)}\r\n`
  const host = origin.slice(origin.indexOf('//') + 2)
  return `${method} ${path} HTTP/1.1\r\nhost: ${host}\r\n${headers}${about}\r\n${body}`
}
