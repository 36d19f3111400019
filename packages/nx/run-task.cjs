/** For Nx, which loads CommonJS: tsx runs the TypeScript, and leaves Nx's own loading as it is. */
module.exports = require('tsx/cjs/api').require('./src/run-task.ts', __filename);
