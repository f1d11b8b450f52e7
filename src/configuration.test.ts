import assert from 'node:assert/strict'
import { test } from 'node:test'
import { configurationFile, readConfiguration, root } from './configuration.ts'

const problemsOf = (environment: Record<string, string>, file?: Record<string, string>) => {
  const read = readConfiguration(environment, file)
  return 'problems' in read ? read.problems : []
}

const configurationOf = (environment: Record<string, string>, file?: Record<string, string>) => {
  const read = readConfiguration(environment, file)
  if ('problems' in read) throw new Error(JSON.stringify(read.problems))
  return read.configuration
}

test('an operator who sets nothing gets a site of this machine’s own, with the embedded database', () => {
  assert.deepEqual(configurationOf({}), {
    port: 3000,
    host: '127.0.0.1',
    origin: undefined,
    dataFolder: `${root}/data`,
    databaseUrl: undefined,
    migrationDatabaseUrl: undefined,
    logLevel: 'info',
    trustProxy: false,
    demo: false,
    worker: 'inside',
    smtpUrl: undefined,
    mailFrom: undefined,
    files: undefined,
    fonts: undefined,
    clamd: undefined,
    auditKey: `${root}/data/audit/key.pem`,
    auditHeads: `${root}/data/audit/heads`,
    peopleKey: `${root}/data/people/key`,
    oidcFile: `${root}/data/oidc.yaml`,
    leakedPasswords: undefined
  })
})

test('the environment wins over the file, and an empty value is an unset one', () => {
  const file = { PORT: '4000', LOG_LEVEL: 'warn', KOPA_DATA: '/srv/kopa' }
  const read = configurationOf({ PORT: '5000', LOG_LEVEL: ' ' }, file)
  assert.equal(read.port, 5000)
  assert.equal(read.logLevel, 'warn')
  assert.equal(read.dataFolder, '/srv/kopa')
})

test('a relative data folder counts from the checkout, wherever the command was given', () => {
  assert.equal(configurationOf({ KOPA_DATA: 'elsewhere' }).dataFolder, `${root}/elsewhere`)
})

test('a site that others can reach must say its address', () => {
  for (const host of ['0.0.0.0', '::', '192.0.2.1', 'kopa.example.eu']) {
    assert.deepEqual(problemsOf({ HOST: host }), [{ problem: 'origin-required', host }])
    assert.deepEqual(problemsOf({ HOST: host, KOPA_ORIGIN: 'https://kopa.example.eu' }), [])
  }
  for (const host of ['127.0.0.1', 'localhost', '::1']) assert.deepEqual(problemsOf({ HOST: host }), [])
})

test('an origin is scheme and host; a slash at its end is forgiven, a path is not', () => {
  assert.equal(configurationOf({ KOPA_ORIGIN: 'https://Kopa.example.eu/' }).origin, 'https://kopa.example.eu')
  assert.equal(configurationOf({ KOPA_ORIGIN: 'http://localhost:8080' }).origin, 'http://localhost:8080')
  for (const value of [
    'kopa.example.eu',
    'https://kopa.example.eu/grants',
    'ftp://kopa.example.eu',
    'https://a.eu/?x'
  ]) {
    assert.deepEqual(problemsOf({ KOPA_ORIGIN: value }), [
      { problem: 'not-allowed', variable: 'KOPA_ORIGIN', value }
    ])
  }
})

test('every wrong value is named, all at once', () => {
  const wrong = {
    PORT: '70000',
    LOG_LEVEL: 'loud',
    KOPA_TRUST_PROXY: 'true',
    DATABASE_URL: 'mysql://x',
    HOST: 'a b'
  }
  assert.deepEqual(
    problemsOf(wrong)
      .map((problem) => problem.problem === 'not-allowed' && problem.variable)
      .sort(),
    Object.keys(wrong).sort()
  )
  assert.equal(problemsOf({ PORT: '-1' }).length, 1)
  assert.equal(problemsOf({ PORT: '3000.5' }).length, 1)
})

test('a misspelt variable is found, and the one that was meant is named', () => {
  assert.deepEqual(problemsOf({ KOPA_ORIGN: 'https://kopa.example.eu' }), [
    { problem: 'unknown', variable: 'KOPA_ORIGN', nearest: 'KOPA_ORIGIN' }
  ])
  assert.deepEqual(problemsOf({}, { PROT: '3000' }), [
    { problem: 'unknown', variable: 'PROT', nearest: 'PORT' }
  ])
  // What else is in the environment is none of our business.
  assert.deepEqual(problemsOf({ PATH: '/usr/bin', DATABASE: 'x' }), [])
})

test('the socket of a PostgreSQL server on the same machine is an address, too', () => {
  assert.deepEqual(problemsOf({ DATABASE_URL: 'postgres:///kopa?host=/var/run/postgresql' }), [])
  assert.equal(configurationFile, 'kopa.env')
})
