import { once } from 'node:events'
import { type AddressInfo, type Server, type Socket, createServer } from 'node:net'
import { buffer } from 'node:stream/consumers'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

/** A real mail server on this machine, and what it got. */
export type TestMailServer = AsyncDisposable & {
  port: number
  /** In the order in which they came. */
  mails: Email[]
  /** How often somebody connected. */
  connections: () => number
}

type Behaviour = {
  port?: number
  /** What is said of a recipient: nothing is yes. */
  recipient?: (address: string) => { code: number; text: string } | undefined
  /** What is said of a whole mail. */
  mail?: (email: Email) => { code: number; text: string } | 'hang up' | undefined
  options?: SMTPServerOptions
}

/** Starts a mail server that takes every mail, unless its behaviour says otherwise. */
export async function startMailServer(behaviour: Behaviour = {}): Promise<TestMailServer> {
  const mails: Email[] = []
  let connections = 0
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    closeTimeout: 100,
    onConnect: (_, done) => {
      connections++
      done()
    },
    onRcptTo: ({ address }, _, done) => done(refusal(behaviour.recipient?.(address))),
    onData: (stream, _, done) => {
      void buffer(stream)
        .then((bytes) => PostalMime.parse(bytes))
        .then((email) => {
          const said = behaviour.mail?.(email)
          if (!said || said === 'hang up') mails.push(email)
          if (said === 'hang up') for (const connection of server.connections) connection.close()
          else done(refusal(said))
        })
    },
    ...behaviour.options
  })
  server.on('error', () => {})
  server.listen(behaviour.port ?? 0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  return {
    port,
    mails,
    connections: () => connections,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve()))
  }
}

function refusal(said: { code: number; text: string } | undefined): Error | null {
  return said ? Object.assign(new Error(said.text), { responseCode: said.code }) : null
}

/** A server that takes connections and answers at once with `greeting`, and then, letter by letter, for ever. */
export async function startTarpit(greeting = ''): Promise<AsyncDisposable & { port: number }> {
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    if (greeting === '') return
    socket.write(greeting)
    const words = '250-patience\r\n'
    let at = 0
    const drip = setInterval(() => socket.write(words[at++ % words.length]!), 50)
    socket.on('close', () => clearInterval(drip))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    }
  }
}
