import { once } from 'node:events'
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { type HttpBindings, getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { sql } from 'kysely'
import { endStreams } from '#server/applications'
import { startWatch } from '#server/applications'
import { startAudit } from '#shared/audit/index.ts'
import { Refusal } from '#shared/operating/refusal.ts'
import { noteArrival } from '#shared/time/arrival.ts'
import { texts } from '#shared/texts/index.ts'
import { createApi } from './api/api.ts'
import { type App, provideApp } from './app.ts'
import { type Configuration, root } from './configuration.ts'
import { createApp } from './create-app.ts'
import { isOfThisMachine } from './demo/demonstration.ts'
import { largestPageBody } from './largest-page-body.ts'
import { limitBody } from './server-body-limit.ts'
import { loggedPath } from './logged-path.ts'
import { addressHeader, hostHeader, protocolHeader, settleOrigin } from './server-origin.ts'
import { startDispatching, startWorker } from './worker/start-worker.ts'

/** A site that answers. */
export type RunningServer = {
  app: App
  /** Where a browser on this machine finds it, with a slash at the end. */
  address: string
  port: number
  /** Answers what was asked, then stops, the database too. */
  stop: () => Promise<void>
}

/** What comes after the API: SvelteKit's handler, or another in tests. */
export type Pages = (request: IncomingMessage, response: ServerResponse, next: () => void) => void

type Bindings = { Bindings: HttpBindings & { origin: string } }

// A shared link carries a consortium in its address.
const largestHeaders = 32_768
// Milliseconds for which a connection may lie idle: longer than reverse proxies keep theirs (Caddy: two minutes), so that
// none is closed here just as a proxy, or a browser, sends a request over it.
const longestIdle = 150_000
// Milliseconds for a whole request: 20 MB over a slow line take minutes.
const largestWait = 300_000
const stopPatience = 10_000
const portPatience = 2000

/** Opens the installation and serves it. */
export async function serve(configuration: Configuration): Promise<RunningServer> {
  const app = await createApp(configuration)
  try {
    provideApp(app)
    const server = createHttpServer(app, await loadPages())
    const { address, port } = await listen(server, app)
    app.embedded?.tell({ address })
    void app.providers.tryAll()
    const work = app.configuration.worker === 'inside' ? startWorker(app) : startDispatching(app)
    const sealer = startAudit(app)
    const watch = startWatch(app)
    const stop = onlyOnce(async () => {
      app.embedded?.tell({ stopping: true })
      // They would go on for ever.
      await endStreams(app)
      await closeServer(server)
      await work.stop()
      await sealer.stop()
      await watch.stop()
      await app.close()
    })
    return { app, address, port, stop }
  } catch (error) {
    await app.close()
    throw error
  }
}

async function loadPages(): Promise<Pages> {
  // Read by SvelteKit's handler when it is loaded: see server-origin.ts.
  process.env.PROTOCOL_HEADER = protocolHeader
  process.env.HOST_HEADER = hostHeader
  process.env.ADDRESS_HEADER = addressHeader
  process.env.BODY_SIZE_LIMIT = String(largestPageBody)
  const { handler } = (await import(pathToFileURL(join(root, 'build/handler.js')).href)) as { handler: Pages }
  return handler
}

/** The HTTP server of an app: health, then the API, then pages. */
export function createHttpServer(app: App, pages: Pages): Server {
  const machines = getRequestListener(
    (request, env) => {
      const { incoming } = env as HttpBindings
      return api.fetch(request, { ...(env as HttpBindings), origin: originIn(incoming) })
    },
    // SvelteKit, in the same process, expects Node's own Request and Response.
    { overrideGlobalObjects: false }
  )
  const api = machineDoors(app)
  return createServer(
    {
      ...{ maxHeaderSize: largestHeaders, keepAliveTimeout: longestIdle },
      ...{ requestTimeout: largestWait, headersTimeout: 60_000 }
    },
    (request, response) => {
      if (app.demonstration && !isOfThisMachine(request)) return misdirected(response)
      const https = settleOrigin(request, app.configuration)
      protect(response, https)
      logWhenDone(app, request, response)
      noteArrival(request)
      const path = pathOf(request)
      if (path === '/healthz' || path === '/api' || path.startsWith('/api/')) void machines(request, response)
      else {
        pages(request, response, () => {
          response.statusCode = 404
          response.end()
        })
      }
    }
  )
}

function machineDoors(app: App): Hono<Bindings> {
  const doors = new Hono<Bindings>()
  doors.get('/healthz', async (c) => {
    const database = await sql`select 1`
      .execute(app.database)
      .then(() => 'ok' as const)
      .catch(() => 'unreachable' as const)
    c.header('cache-control', 'no-store')
    // Without a provider people still sign in in other ways: it is said, and no reason to be restarted.
    const providers = app.providers.list.length > 0 ? { providers: app.providers.health() } : {}
    return c.json(
      { process: 'ok', database, version: app.version, ...providers },
      database === 'ok' ? 200 : 503
    )
  })
  const api = createApi(app)
  doors.all('*', limitBody, (c) => api.fetch(c.req.raw, c.env))
  return doors
}

/** A demonstration is for this machine alone (src/demo). */
function misdirected(response: ServerResponse): void {
  const said = `${texts('lv')('demo.this-machine-only')}\n${texts('en')('demo.this-machine-only')}\n`
  response.writeHead(421, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
  response.end(said)
}

const originIn = (request: IncomingMessage) =>
  `${String(request.headers[protocolHeader])}://${String(request.headers[hostHeader])}`

/** Headers that every answer carries, whoever gives it. Pages add their Content-Security-Policy themselves. */
function protect(response: ServerResponse, https: boolean): void {
  response.setHeader('x-content-type-options', 'nosniff')
  // A page's address may hold a draft: no other site sees it.
  response.setHeader('referrer-policy', 'same-origin')
  response.setHeader('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()')
  response.setHeader('cross-origin-opener-policy', 'same-origin')
  response.setHeader('x-frame-options', 'DENY')
  if (https) response.setHeader('strict-transport-security', 'max-age=31536000')
}

function logWhenDone(app: App, request: IncomingMessage, response: ServerResponse): void {
  const began = performance.now()
  response.once('close', () => {
    const milliseconds = Math.round((performance.now() - began) * 10) / 10
    const { method } = request
    const seen = { method, path: loggedPath(request.url ?? '/'), status: response.statusCode, milliseconds }
    // A stream of events ends when its reader goes.
    const stream = String(response.getHeader('content-type')).startsWith('text/event-stream')
    if (!response.writableFinished && !stream) app.log.warn(seen, 'request broken off')
    else if (response.statusCode >= 500) app.log.error(seen, 'request failed')
    else app.log.info(seen, 'request')
  })
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?', 1)[0]!
}

async function listen(server: Server, app: App): Promise<{ address: string; port: number }> {
  const { host, port, origin } = app.configuration
  for (const began = Date.now(); ; await setTimeout(100)) {
    try {
      server.listen(port, host)
      await once(server, 'listening')
      break
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException
      // An earlier Kopā that is just being stopped lets go of the port in a moment.
      if (code === 'EADDRINUSE' && Date.now() - began < portPatience) continue
      const args = { port: String(port), host }
      if (code === 'EADDRINUSE') throw new Refusal((t) => t('operating.port-taken', args), { cause })
      if (code === 'EACCES') throw new Refusal((t) => t('operating.port-closed', args), { cause })
      if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
        throw new Refusal((t) => t('operating.host-unknown', args), { cause })
      }
      throw cause
    }
  }
  const chosen = (server.address() as AddressInfo).port
  const here = `http://${host.includes(':') ? `[${host}]` : host}:${chosen}`
  return { address: `${origin ?? here}/`, port: chosen }
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const impatient = global.setTimeout(() => server.closeAllConnections(), stopPatience)
    server.close(() => {
      clearTimeout(impatient)
      resolve()
    })
    server.closeIdleConnections()
  })
}

function onlyOnce(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => (done ??= work())
}
