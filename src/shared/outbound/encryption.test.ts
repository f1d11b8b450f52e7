import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { guardedFetch } from './guarded-fetch.ts'
import { testNetwork } from './network.fixture.ts'

const openssl = spawnSync('openssl', ['version']).status === 0

test(
  'a certificate that nobody vouches for is not trusted, and nothing is sent',
  {
    skip: openssl ? false : 'openssl, which makes the certificate, is not installed'
  },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kopa-tls-'))
    const made = [
      '-keyout',
      join(folder, 'key'),
      '-out',
      join(folder, 'certificate'),
      '-subj',
      '/CN=good.test'
    ]
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', ...made], {
      stdio: 'ignore'
    })
    let asked = 0
    const server = createServer(
      { key: readFileSync(join(folder, 'key')), cert: readFileSync(join(folder, 'certificate')) },
      (_request, response) => {
        asked++
        response.end('secret')
      }
    )
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const network = testNetwork({ hosts: { 'good.test': ['127.0.0.1'] }, ports: [port] })
    const answer = await guardedFetch(`https://good.test:${port}/`, { purpose: 'test' }, network)
    assert.deepEqual([answer, asked], [{ refused: 'unreachable', url: `https://good.test:${port}/` }, 0])
    server.close()
    rmSync(folder, { recursive: true })
  }
)
