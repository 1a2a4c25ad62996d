const Sequencer = require('@jest/test-sequencer').default

/** Runs test files in the order of VDISKPREP_SUITES, where jest would begin with the longest. */
module.exports = class extends Sequencer {
  sort(tests) {
    const order = (process.env.VDISKPREP_SUITES ?? '').split('\n')
    const place = ({ path }) => order.findIndex((suite) => path.replaceAll('\\', '/').endsWith(`/${suite}`))
    return [...tests].sort((one, other) => place(one) - place(other))
  }
}
