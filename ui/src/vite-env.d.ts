/// <reference types="vite/client" />

interface ImportMetaEnv {
  /** The commit of the build, or "development". */
  readonly ACM2_BUILD_ID: string;
}
