//! The API's own document and the page that shows it, both served from the binary.

use axum::Router;
use utoipa::openapi::{
    Components, Content, InfoBuilder, OpenApi, OpenApiBuilder, PathItem, Ref, RefOr,
    ResponseBuilder, Server,
    path::{Operation, Parameter, ParameterBuilder, ParameterIn},
    schema::{ObjectBuilder, Schema, Type},
    security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
};
use utoipa::{PartialSchema, ToSchema};
use utoipa_swagger_ui::SwaggerUi;

use crate::web::{context::Context, problem::Problem, view::code};

/// Where the page is.
pub const DOCUMENTATION: &str = "/api/docs";
const DOCUMENT: &str = "/api/v1/openapi.json";

const ABOUT: &str = "\
Every command is a POST, PUT or DELETE; it answers after it is durable. Give each its own \
`Idempotency-Key` and keep it over retries: the same key with the same content is applied once and \
answered alike, also after a restart; with another content it is refused (422). Creating accounts, \
set-up and login take no key.

Refusals are `application/problem+json` (RFC 9457) with a stable `code` and a `detail` in the \
language of `Accept-Language` (zh-CN or en). 503 with `Retry-After` means: send it again, with the \
same key.

Browsers log in with `POST /api/v1/session` and keep a cookie; machines send \
`Authorization: Bearer` with an account's token. `GET /api/v1/live` upgrades to a WebSocket.";

/// The document without its paths.
pub fn frame() -> OpenApi {
    let mut components = Components::new();
    let mut schemas = Vec::new();
    Problem::schemas(&mut schemas);
    // Parameters name their code lists but do not bring them along.
    schemas.push((code::Grouping::name().into_owned(), code::Grouping::schema()));
    schemas.push((code::Measure::name().into_owned(), code::Measure::schema()));
    schemas.push((code::Figure::name().into_owned(), code::Figure::schema()));
    components.schemas.extend(schemas);
    components.schemas.insert("Problem".to_owned(), Problem::schema());
    components.add_security_scheme(
        "session",
        SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new("campus_session"))),
    );
    components.add_security_scheme(
        "token",
        SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build()),
    );
    let info = InfoBuilder::new()
        .title("campus-dispatch")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(ABOUT));
    OpenApiBuilder::new()
        .info(info)
        .components(Some(components))
        .servers(Some([Server::new("/")]))
        .build()
}

/// The document, completed, and its page.
pub fn routes(mut document: OpenApi) -> Router<Context> {
    for item in document.paths.paths.values_mut() {
        complete(item);
    }
    SwaggerUi::new(DOCUMENTATION).url(DOCUMENT, document).into()
}

/// What every operation has in common.
fn complete(item: &mut PathItem) {
    let commands = [&mut item.post, &mut item.put, &mut item.delete];
    for operation in commands.into_iter().flatten() {
        operation.parameters.get_or_insert_default().push(RefOr::T(key()));
        refusals(operation);
    }
    if let Some(read) = &mut item.get {
        refusals(read);
    }
}

fn key() -> Parameter {
    ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .description(Some("1 to 128 printable characters; recommended on every command"))
        .schema(Some(Schema::Object(ObjectBuilder::new().schema_type(Type::String).build())))
        .build()
}

fn refusals(operation: &mut Operation) {
    let problem = Content::new(Some(RefOr::<Schema>::Ref(Ref::from_schema_name("Problem"))));
    let response = ResponseBuilder::new()
        .description("A refusal")
        .content("application/problem+json", problem)
        .build();
    operation.responses.responses.insert("default".to_owned(), RefOr::T(response));
}
