//! What the web floor itself refuses, before a command reaches the rules.

use axum::http::StatusCode;

use super::Text;

/// A refusal of the web's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumIter, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Refusal {
    // Who.
    LoginNeeded,
    CredentialsWrong,
    TooManyAttempts,
    CodeNeeded,
    CodeWrong,
    EnrolmentNeeded,
    PasswordChangeNeeded,
    SessionLocked,
    DeviceTokenWrong,
    OriginNotAllowed,
    EncryptionNeeded,
    SetupTokenWrong,
    SetupDone,
    PasswordUnfit,
    PasswordTooPlain,
    PasswordGuessable,
    PasswordUsedBefore,
    RoleUnfit,
    OwnPasswordElsewhere,
    // What is asked for.
    NotFound,
    MethodNotAllowed,
    // How it is said.
    RequestMalformed,
    QueryInvalid,
    KeyInvalid,
    KeyReused,
    TypeNotJson,
    TypeNotTable,
    BodyEncoded,
    BodyTooLarge,
    BodyTooSlow,
    TableTooSlow,
    BodyNotText,
    BodyNotJson,
    BodyTooDeep,
    BodyInvalid,
    WebSocketNeeded,
    // The server's own state.
    Overloaded,
    TooManyRequests,
    OutcomeUnknown,
    DiskAlmostFull,
    Stopping,
    StorageUnreadable,
    Internal,
}

impl Refusal {
    /// Its stable name.
    pub fn code(self) -> &'static str {
        match self {
            Self::KeyReused => "idempotency_key_reused",
            Self::KeyInvalid => "idempotency_key_invalid",
            other => other.into(),
        }
    }

    /// The status it is answered with.
    pub fn status(self) -> StatusCode {
        use Refusal::*;
        match self {
            EncryptionNeeded | RequestMalformed | BodyNotText | BodyNotJson => {
                StatusCode::BAD_REQUEST
            }
            LoginNeeded | CredentialsWrong | CodeNeeded | CodeWrong | DeviceTokenWrong => {
                StatusCode::UNAUTHORIZED
            }
            EnrolmentNeeded | PasswordChangeNeeded => StatusCode::FORBIDDEN,
            SessionLocked => StatusCode::LOCKED,
            OriginNotAllowed | SetupTokenWrong => StatusCode::FORBIDDEN,
            NotFound => StatusCode::NOT_FOUND,
            MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            BodyTooSlow => StatusCode::REQUEST_TIMEOUT,
            SetupDone => StatusCode::CONFLICT,
            BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            TypeNotJson | TypeNotTable | BodyEncoded => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            PasswordUnfit | PasswordTooPlain | PasswordGuessable | PasswordUsedBefore
            | RoleUnfit | OwnPasswordElsewhere | QueryInvalid | KeyInvalid | KeyReused
            | BodyTooDeep | BodyInvalid | TableTooSlow => StatusCode::UNPROCESSABLE_ENTITY,
            WebSocketNeeded => StatusCode::UPGRADE_REQUIRED,
            DiskAlmostFull => StatusCode::INSUFFICIENT_STORAGE,
            TooManyRequests | TooManyAttempts => StatusCode::TOO_MANY_REQUESTS,
            Overloaded | OutcomeUnknown | Stopping => StatusCode::SERVICE_UNAVAILABLE,
            StorageUnreadable | Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What is wrong and what to do.
    pub fn text(self) -> Text {
        let (zh, en) = match self {
            Self::LoginNeeded => ("请先登录。", "Log in first."),
            Self::CredentialsWrong => (
                "账号或密码不正确，请重新输入。",
                "The account or the password is wrong; try again.",
            ),
            Self::TooManyAttempts => (
                "多次输入错误，请稍候再试。",
                "Too many wrong tries; wait a moment before the next one.",
            ),
            Self::CodeNeeded => {
                ("请输入动态口令。", "Enter the code your authenticator shows, or a recovery code.")
            }
            Self::CodeWrong => (
                "动态口令不正确，请输入当前显示的口令。",
                "The code is wrong; enter the one your authenticator shows now.",
            ),
            Self::EnrolmentNeeded => (
                "该角色须绑定动态口令后才能登录。",
                "This role logs in with a second factor; enrol one first.",
            ),
            Self::PasswordChangeNeeded => (
                "密码需要更换，请设置新密码。",
                "The password has to be changed; choose a new one.",
            ),
            Self::SessionLocked => (
                "席位已锁定，请输入密码解锁。",
                "This desk is locked; enter the password to go on.",
            ),
            Self::DeviceTokenWrong => (
                "设备令牌无效，请向管理员索取新令牌。",
                "The device token is not valid; ask the administrator for a new one.",
            ),
            Self::OriginNotAllowed => (
                "请求来自不被允许的页面，请从本系统的地址打开。",
                "The request comes from a page that is not allowed; open this server's own address.",
            ),
            Self::EncryptionNeeded => (
                "此端口只接受加密连接，请把地址改为以 https:// 开头。",
                "This port takes encrypted connections only; begin the address with https://.",
            ),
            Self::SetupTokenWrong => (
                "初始化链接无效，请使用服务器启动时打印的链接。",
                "The set-up link is not valid; use the one the server printed when it started.",
            ),
            Self::SetupDone => {
                ("系统已初始化，请直接登录。", "The set-up is done already; log in instead.")
            }
            Self::PasswordUnfit => (
                "密码过短或过长，请按允许的字符数设置",
                "The password is too short or too long; keep to the number of characters allowed",
            ),
            Self::PasswordTooPlain => (
                "密码的字符种类不足（大写、小写、数字、其他），至少需要的种类数",
                "The password has too few kinds of characters (capital and small letters, digits, \
                 others); kinds needed",
            ),
            Self::PasswordGuessable => (
                "密码容易被猜中，请换一个更长、更少见的。",
                "The password is easy to guess; choose a longer, less common one.",
            ),
            Self::PasswordUsedBefore => (
                "该密码正在使用或用过，请换一个新的。",
                "The password is or was in use; choose another one.",
            ),
            Self::OwnPasswordElsewhere => (
                "自己的密码请在“我的账号”中修改。",
                "Change your own password under your own account, where the old one is asked for.",
            ),
            Self::RoleUnfit => (
                "该角色不能这样建立账号：接入和大屏可用令牌，其他账号用密码。",
                "This role takes another kind of account: gateways and walls may have a token, all others a password.",
            ),
            Self::NotFound => (
                "此地址没有内容，请检查路径和编号。",
                "There is nothing at this address; check the path and the id.",
            ),
            Self::MethodNotAllowed => (
                "此地址不支持该方法，请查看接口文档。",
                "This address does not take that method; see the API's documentation.",
            ),
            Self::RequestMalformed => (
                "请求格式有误，请检查地址和请求头。",
                "The request is malformed; check its address and headers.",
            ),
            Self::QueryInvalid => {
                ("查询参数有误，请改正", "A query parameter is not acceptable; correct it")
            }
            Self::KeyInvalid => (
                "Idempotency-Key 须为 1 到 128 个可打印 ASCII 字符。",
                "Idempotency-Key must be 1 to 128 printable ASCII characters.",
            ),
            Self::KeyReused => (
                "该 Idempotency-Key 已用于另一条命令，请换一个新的。",
                "This Idempotency-Key was used for another command; take a new one.",
            ),
            Self::TypeNotTable => (
                "请以 text/csv 或 application/octet-stream 上传表格文件。",
                "Send the table as text/csv or application/octet-stream.",
            ),
            Self::TableTooSlow => (
                "表格读取时间过长，未写入任何内容；请拆分文件后重试。",
                "The table takes too long to read, and nothing was written; split the file and try again.",
            ),
            Self::TypeNotJson => {
                ("请以 application/json 发送内容。", "Send the body as application/json.")
            }
            Self::BodyEncoded => {
                ("请求内容不能压缩，请直接发送。", "Send the body as it is, without compression.")
            }
            Self::BodyTooLarge => {
                ("请求内容过大，请分开发送。", "The body is too large; send less at once.")
            }
            Self::BodyTooSlow => (
                "请求内容接收超时，请检查网络后重试。",
                "The body took too long to arrive; check the network and try again.",
            ),
            Self::BodyNotText => (
                "请求内容不是 UTF-8 文本。",
                "The body is not UTF-8 text without a byte order mark.",
            ),
            Self::BodyNotJson => {
                ("请求内容不是完整的 JSON", "The body is not one whole JSON document")
            }
            Self::BodyTooDeep => {
                ("请求内容嵌套过深，请简化。", "The body is nested too deeply; make it flatter.")
            }
            Self::BodyInvalid => (
                "请求内容有一处不符合要求，请改正",
                "Something in the body is not acceptable; correct it",
            ),
            Self::WebSocketNeeded => {
                ("此地址只接受 WebSocket 连接。", "This address takes WebSocket connections only.")
            }
            Self::Overloaded => {
                ("系统繁忙，请稍候重试。", "The server is busy; try again in a moment.")
            }
            Self::TooManyRequests => (
                "该账号请求过于频繁，请稍候重试。",
                "This account asks too often; slow down and try again in a moment.",
            ),
            Self::OutcomeUnknown => (
                "结果未知：请以同一 Idempotency-Key 重试以确认。",
                "The outcome is not known; send it again with the same Idempotency-Key to find out.",
            ),
            Self::DiskAlmostFull => (
                "磁盘空间即将用尽，暂时只能查看：请管理员清理服务器磁盘，之后自动恢复",
                "The disk is almost full and nothing can be recorded; have space freed on the \
                 server, and it goes on by itself",
            ),
            Self::Stopping => {
                ("服务器正在停止，请稍候重试。", "The server is stopping; try again in a moment.")
            }
            Self::StorageUnreadable => (
                "记录读取失败，请联系管理员。",
                "The record could not be read; tell the administrator.",
            ),
            Self::Internal => (
                "服务器内部错误，请把编号告诉管理员。",
                "Something failed inside the server; tell the administrator the request's id.",
            ),
        };
        Text { zh, en }
    }

    /// What a bare status of the framework means.
    pub(super) fn of_status(status: StatusCode) -> Self {
        match status.as_u16() {
            401 => Self::LoginNeeded,
            403 => Self::OriginNotAllowed,
            404 => Self::NotFound,
            405 => Self::MethodNotAllowed,
            408 => Self::BodyTooSlow,
            413 => Self::BodyTooLarge,
            415 => Self::TypeNotJson,
            429 => Self::TooManyRequests,
            426 => Self::WebSocketNeeded,
            503 => Self::Overloaded,
            400..=499 => Self::RequestMalformed,
            _ => Self::Internal,
        }
    }
}
