// The components, described for editors and documentation tools. `make release` puts it into the npm package.
export default { globs: ['src/components/*.ts'], litelement: true, packagejson: false };
