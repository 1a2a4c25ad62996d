import { performance } from 'node:perf_hooks'

// The main job on the embedded farm, as `vdiskprep run ... --lab ...` does it, and how long it took with all that it loaded.
process.argv.splice(2, 0, 'run', 'examples/first-vdisk/w11.yaml', '--lab', 'examples/first-vdisk/lab.yaml')
await import('../src/main.ts')
process.stderr.write(`npm start: ${(performance.now() / 1000).toFixed(1)} s\n`)
