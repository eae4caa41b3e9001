//! The Model Context Protocol: tools, resources and prompts for agents, over standard input and output or over HTTP.
//!
//! `tools` says what the tools do. A call of a tool has a connection to the graph of its own.

mod tools;

use std::{io, sync::Arc};

use relata::Database;
use rmcp::{
    ErrorData, ServerHandler, ServiceExt as _,
    model::{
        CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock,
        GetPromptRequestParams, GetPromptResponse, GetPromptResult, Implementation, JsonObject,
        ListPromptsResult, ListResourcesResult, ListToolsResult, PaginatedRequestParams, Prompt,
        PromptArgument, PromptMessage, ReadResourceRequestParams, ReadResourceResponse,
        ReadResourceResult, Resource, ResourceContents, Role, ServerCapabilities, ServerConfig,
    },
    service::{RequestContext, RoleServer},
    transport::{
        stdio,
        streamable_http_server::{
            StreamableHttpServerConfig, StreamableHttpService, session::never::NeverSessionManager,
        },
    },
};

use crate::serve::{
    mcp::tools::{Call, Problem, offered, told},
    schema::described,
    server::{Client, Server},
    status::Failure,
};

/// What a model is told about the server.
const INSTRUCTIONS: &str = "A knowledge graph. Call `schema` first; then `query` with openCypher, or `ask` with a question in English. \
    Answers say what was left out and warn about unknown names. Facts cite documents and lines: `sources` lists them.";

/// A resource: its address, its name, its description, and its text.
const RESOURCES: [(&str, &str, &str, Text); 2] = [
    (
        "relata://schema",
        "schema",
        "The labels, relationship types and properties of the graph, as JSON.",
        schema,
    ),
    (
        "relata://manifest",
        "manifest",
        "The rules of the graph and its documents.",
        manifest,
    ),
];

type Text = fn(&mut Database) -> String;

/// A prompt: its name, its description, its argument, and its text around the argument.
const PROMPTS: [(&str, &str, &str, &str, &str); 3] = [
    (
        "explore",
        "Get to know the graph.",
        "topic",
        "Call `schema`, then use `query` to find out what the graph says about ",
        ". Summarise it, and cite the sources.",
    ),
    (
        "answer",
        "Answer a question with its sources.",
        "question",
        "Answer this question with the tool `ask`, or with `query` if it is not understood: ",
        "\nSay what the answer rests on, with the documents and lines of `sources`.",
    ),
    (
        "repair",
        "Repair a statement that fails.",
        "statement",
        "Call `check` for this statement and repair it until there is no error and no warning:\n",
        "\nThen run it with `query`.",
    ),
];

/// The protocol for a graph.
#[derive(Clone)]
pub(super) struct Agent(Arc<Server>);

/// Serves an agent over standard input and output until it ends them.
pub(super) async fn serve_stdio(server: Arc<Server>) -> io::Result<()> {
    let stopping = Arc::clone(&server);
    let running = Agent(server).serve(stdio()).await;
    let running = running.map_err(io::Error::other)?;
    tokio::select! {
        ended = running.waiting() => ended.map(drop).map_err(io::Error::other),
        () = stopping.stopped() => Ok(()),
    }
}

/// The protocol over HTTP. The guard of the HTTP server checks who may ask.
pub(super) fn over_http(server: Arc<Server>) -> StreamableHttpService<Agent, NeverSessionManager> {
    let config = StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .disable_allowed_hosts();
    let agent = move || Ok(Agent(Arc::clone(&server)));
    StreamableHttpService::new(agent, Arc::default(), config)
}

impl Agent {
    /// Does work on a connection of its own.
    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Database, &relata::CancelToken) -> T + Send + 'static,
    ) -> Result<T, ErrorData> {
        let outcome = Client::once(&self.0, work).await;
        outcome.ok_or_else(|| ErrorData::internal_error(Failure::panicked().message, None))
    }
}

impl ServerHandler for Agent {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder()
            .enable_tools()
            .enable_resources()
            .enable_prompts()
            .build();
        ServerConfig::new(capabilities)
            .with_server_info(Implementation::new("relata", env!("CARGO_PKG_VERSION")))
            .with_instructions(INSTRUCTIONS)
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        let tools = offered(self.0.writable).map(tools::Described::described);
        Ok(ListToolsResult::with_all_items(tools.collect()))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let mut tools = offered(self.0.writable);
        let Some(tool) = tools.find(|tool| tool.name == request.name) else {
            let message = format!("there is no tool `{}`", request.name);
            return Err(ErrorData::invalid_params(message, None));
        };
        let arguments = request.arguments.unwrap_or_default();
        let limits = self.0.limits;
        let outcome = self.work(move |database, token| {
            tool.check(&arguments)?;
            let mut call = Call {
                database,
                token,
                limits,
                arguments,
            };
            (tool.run)(&mut call)
        });
        let outcome: Result<String, Problem> = outcome.await?;
        Ok(match outcome {
            Ok(text) => CallToolResult::success(vec![ContentBlock::text(text)]),
            Err(problem) => CallToolResult::error(vec![ContentBlock::text(told(&problem))]),
        }
        .into())
    }

    async fn list_resources(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        let resources = RESOURCES.iter().map(|(uri, name, description, _)| {
            Resource::new(*uri, *name)
                .with_description(*description)
                .with_mime_type("application/json")
        });
        Ok(ListResourcesResult::with_all_items(resources.collect()))
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        let known = RESOURCES.iter().find(|(uri, ..)| *uri == request.uri);
        let Some((uri, _, _, text)) = known else {
            let message = format!("there is no resource `{}`", request.uri);
            return Err(ErrorData::resource_not_found(message, None));
        };
        let text = self.work(|database, _| database.looking(*text)).await?;
        let text =
            text.map_err(|error| ErrorData::internal_error(error.message().to_owned(), None))?;
        let contents = ResourceContents::text(text, *uri).with_mime_type("application/json");
        Ok(ReadResourceResult::new(vec![contents]).into())
    }

    async fn list_prompts(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListPromptsResult, ErrorData> {
        let prompts = PROMPTS.iter().map(|(name, description, argument, ..)| {
            let argument = PromptArgument::new(*argument).with_required(true);
            Prompt::new(*name, Some(*description), Some(vec![argument]))
        });
        Ok(ListPromptsResult::with_all_items(prompts.collect()))
    }

    async fn get_prompt(
        &self,
        request: GetPromptRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<GetPromptResponse, ErrorData> {
        let known = PROMPTS.iter().find(|(name, ..)| *name == request.name);
        let Some((_, description, argument, before, after)) = known else {
            let message = format!("there is no prompt `{}`", request.name);
            return Err(ErrorData::invalid_params(message, None));
        };
        let given = |arguments: &JsonObject| {
            let given = arguments.get(*argument).and_then(|value| value.as_str());
            given.map(str::to_owned)
        };
        let given = request.arguments.as_ref().and_then(given).ok_or_else(|| {
            ErrorData::invalid_params(format!("expected an argument `{argument}`"), None)
        })?;
        let message = PromptMessage::new_text(Role::User, format!("{before}{given}{after}"));
        let result = GetPromptResult::new(vec![message]).with_description(*description);
        Ok(result.into())
    }
}

fn schema(database: &mut Database) -> String {
    described(&database.schema()).to_string()
}

fn manifest(database: &mut Database) -> String {
    let documents = database.manifest().map(|manifest| &manifest.documents);
    let documents = documents
        .into_iter()
        .flatten()
        .map(|document| serde_json::json!({"key": document.key, "title": document.title}));
    let documents: Vec<_> = documents.collect();
    let rules: Vec<_> = database.constraints().collect();
    serde_json::json!({"documents": documents, "rules": rules}).to_string()
}
