# Node comes with the development dependencies, whatever the system has.
node := node_modules/.bin/node
installed := node_modules/.package-lock.json

# REGION=eu-west-1 on make's command line becomes --region "eu-west-1"; the same name in the environment means something else.
flag = $(if $(filter command,$(origin $(1))),--$(2) "$$$(1)")
flags = $(call flag,DESCRIPTION,description) $(call flag,REGION,region) $(call flag,GATEWAY,gateway) $(call flag,FRAMEWORK,framework) \
	$(call flag,STAGES,stages) $(call flag,WITH,with) $(call flag,NODE,node) $(call flag,IAC,iac) \
	$(call flag,OVERLAY,overlay) $(call flag,ANSWERS,answers)

.PHONY: help
help: ## Show this help
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: new
new: $(installed) ## Write a new project: make new NAME=my-api [REGION=eu-west-1 GATEWAY=http WITH=github FLAGS="--skip-install" …]
	@test -t 0 || yes=--yes; $(node) src/cli.ts new $(if $(filter command,$(origin NAME)),"$$NAME") $(flags) $(FLAGS) $$yes

.PHONY: install
install: $(installed) ## Install what everything here needs

$(installed): package.json package-lock.json
	npm ci --no-audit --no-fund --loglevel=error
	@touch $@

.PHONY: test
test: $(installed) ## Run every check and test
	npm test --silent

.PHONY: unit
unit: $(installed) ## Run the tests that take seconds
	npm run --silent unit

.PHONY: test-packages
test-packages: $(installed) ## Bundle and run a project with each of the packages of test/bundle/packages
	TSFLASK_PACKAGES=all npm run --silent packages

.PHONY: check
check: $(installed) ## Check format, lint and types
	npm run --silent check

.PHONY: format
format: $(installed) ## Format the sources
	npm run --silent format

.PHONY: golden
golden: $(installed) ## Rewrite the expected projects under test/golden
	npm run --silent golden

.PHONY: build
build: $(installed) ## Compile what is published, into dist
	npm run --silent build

.PHONY: bench
bench: $(installed) build ## Measure against peers
	$(node) bench/new/bench.ts

.PHONY: clean
clean: ## Remove what can be made again
	rm -rf node_modules dist coverage
