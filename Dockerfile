# A small image that builds and publishes sites:
#
#   docker build -t warraq .
#   docker run --rm -v "$PWD:/site" --user "$(id -u):$(id -g)" warraq build --strict
#
# The program is static; the image holds it, the certificates that deployment
# needs, the time zones that hugo.toml may name, and a user without rights.
FROM golang:1.26-alpine AS build
WORKDIR /src
COPY go.mod go.sum ./
COPY internal/source/nodates ./internal/source/nodates
RUN go mod download
COPY . .
ARG VERSION=unknown
RUN CGO_ENABLED=0 go build -trimpath -tags withdeploy \
    -ldflags "-s -w -X warraq/internal/cli.Version=${VERSION}" -o /warraq ./cmd/warraq
RUN apk add --no-cache ca-certificates tzdata

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /usr/share/zoneinfo /usr/share/zoneinfo
COPY --from=build /warraq /usr/bin/warraq
WORKDIR /site
USER 65532:65532
ENTRYPOINT ["/usr/bin/warraq"]
CMD ["build"]
