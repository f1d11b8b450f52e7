/**
 * What the product is measured against, in a process of its own: Node http and pg, 16 connections, prepared
 * statements, and nothing else: nobody is asked who they are, nothing is checked.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import pg from 'pg'
import type { DatabaseServer } from '../../src/shared/database/index.ts'

process.once('message', async (server) => {
  const pool = new pg.Pool({ ...(server as DatabaseServer), max: 16, idleTimeoutMillis: 0 })
  pool.on('error', () => {})
  const save = async (id: number, body: string) => {
    const { rows } = await pool.query({
      name: 'save',
      text: `update draft set body = $2, version = version + 1, saved_at = now() where id = $1 returning version`,
      values: [id, body]
    })
    return `{"version":${rows[0].version}}`
  }
  const submit = async (id: number) => {
    const { rows } = await pool.query({
      name: 'submit',
      text: `
        with changed as (
          update draft set state = 'submitted', version = version + 1, saved_at = now() where id = $1 returning id, version
        ), entered as (
          insert into submission (draft, hash) select id, sha256(int4send(version)) from changed returning id
        )
        insert into entry (act, subject) select 'submitted', id from entered returning id`,
      values: [id]
    })
    return `{"entry":${rows[0].id}}`
  }
  const site = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const body = parts.length === 1 ? parts[0]! : Buffer.concat(parts)
      const answer = (text: string) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': text.length })
        response.end(text)
      }
      const path = request.url!
      if (path === '/') return answer(`{"bytes":${body.length}}`)
      const id = Number.parseInt(path.slice('/drafts/'.length), 10)
      const work = request.method === 'PUT' ? save(id, body.toString()) : submit(id)
      work.then(answer, (error: Error) => {
        response.writeHead(500)
        response.end(error.message)
      })
    })
  })
  site.listen(0, '127.0.0.1', () => process.send!({ port: (site.address() as AddressInfo).port }))
  process.once('disconnect', () => {
    site.closeAllConnections()
    site.close()
    void pool.end()
  })
})
