# The repository whose workflows may plan and deploy, with the ids that `gh api repos/OWNER/NAME` prints; README.md says how.
github = null
