// SPDX-License-Identifier: GPL-3.0-or-later
//! Words and JSON of refusals and failures.
#include "app/answers.h"

namespace tallystick {

namespace {

QJsonObject toJson(const RefusalWithFacts& refusal)
{
    QJsonObject json{{QStringLiteral("code"), codeOf(refusal.refusal)},
                     {QStringLiteral("name"), nameOf(refusal.refusal)},
                     {QStringLiteral("sentence"), words::sentence(refusal)},
                     {QStringLiteral("subject"), refusal.subject},
                     {QStringLiteral("balance"), refusal.balance.value()},
                     {QStringLiteral("requested"), refusal.requested.value()}};
    if (refusal.ceiling)
        json.insert(QStringLiteral("ceiling"), refusal.ceiling->value());
    return json;
}

/// Of a failure for people: without what only helps whoever looks for its cause.
QString plainSentence(const words::Explanation& words)
{
    return words.happened + QLatin1Char(' ') + words.money + QLatin1Char(' ') + words.advice;
}

QJsonObject toJson(const Failure& failure, words::Doing doing)
{
    const words::Explanation words = words::explain(failure, doing);
    return {{QStringLiteral("name"), nameOf(failure.kind)},
            {QStringLiteral("sqlState"), failure.sqlState},
            {QStringLiteral("sentence"), plainSentence(words)},
            {QStringLiteral("technical"), words.technical},
            {QStringLiteral("text"), failure.text}};
}

} // namespace

ExitCode answerError(Console& console, const Error& error, const AnswerContext& context)
{
    const auto* refusal = std::get_if<RefusalWithFacts>(&error);
    const auto* failure = std::get_if<Failure>(&error);
    if (context.json) {
        QJsonObject members = context.facts;
        if (refusal)
            members.insert(QStringLiteral("refused"), toJson(*refusal));
        else
            members.insert(QStringLiteral("failed"), toJson(*failure, context.doing));
        console.print(document(members));
    }
    console.say(printable(words::sentence(error, context.doing)));
    if (failure && (failure->kind == Failure::Kind::ConnectionMisread ||
                    failure->kind == Failure::Kind::WrongStatement))
        return ExitCode::WrongUsage;
    return refusal ? ExitCode::Refused : ExitCode::Failed;
}

RefusalWithFacts invalidId(const QString& text)
{
    return {.refusal = Refusal::IdInvalid,
            .subject = text,
            .balance = {},
            .requested = {},
            .ceiling = {},
            .anatomy = {}};
}

QJsonObject document(const QJsonObject& members)
{
    QJsonObject json = members;
    json.insert(QStringLiteral("tallystick"), 1);
    return json;
}

} // namespace tallystick
