/** Serves as `npm start` does once everything is built: options of node, such as a profile, reach the server itself. */
import { runServer } from '../../src/run-server.ts'

await runServer()
