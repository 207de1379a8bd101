terraform {
  # State lies in this folder, on this machine only: nobody else can deploy, and losing it orphans what it describes.
  # `make bootstrap` moves it into a versioned, encrypted and locked S3 bucket and rewrites this file.
  backend "local" {}
}
