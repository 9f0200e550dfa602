//! The title of a problem: what kind of refusal its status is.

use axum::http::StatusCode;

use super::Text;

/// A few words for a status.
pub fn title(status: StatusCode) -> Text {
    match status.as_u16() {
        400 => Text { zh: "请求无法读取", en: "Unreadable request" },
        401 => Text { zh: "需要登录", en: "Login needed" },
        403 => Text { zh: "不允许", en: "Not permitted" },
        404 => Text { zh: "未找到", en: "Not found" },
        405 => Text { zh: "方法不支持", en: "Method not supported" },
        408 => Text { zh: "请求过慢", en: "Request too slow" },
        409 => Text { zh: "与当前状态冲突", en: "Conflict with the present state" },
        413 => Text { zh: "请求过大", en: "Request too large" },
        415 => Text { zh: "类型不支持", en: "Type not supported" },
        422 => Text { zh: "内容不符合要求", en: "Content not acceptable" },
        503 => Text { zh: "暂时不可用", en: "Unavailable for now" },
        _ if status.is_client_error() => Text { zh: "请求被拒绝", en: "Request refused" },
        _ => Text { zh: "服务器错误", en: "Server error" },
    }
}
