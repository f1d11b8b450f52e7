#!/usr/bin/env node
/**
 * `npm start`: installs and builds what is missing, then serves. Starts on Node 20 and goes on under Node 24.
 * `npm start -- --demo`: the same, with the demonstration world when nothing is there yet.
 */
import { ensureBuilt } from './build.js'
import { ensureInstalled } from './install.js'
import { underNode24 } from './node24.js'

ensureInstalled()
await underNode24()
ensureBuilt()
const { runServer } = await import('../src/run-server.ts')
await runServer(process.argv.slice(2))
