// SPDX-License-Identifier: GPL-3.0-or-later
//! Reads the fields one by one and builds the posting from them.
#include "ui/posting/draft.h"

#include "ui/shared/format.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QRegularExpression>

namespace tallystick {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Draft)
};

/// An amount in its form, of more cents than can be counted.
bool isTooLarge(const QString& text)
{
    QString digits = text.trimmed();
    digits.remove(QLatin1Char(','));
    static const QRegularExpression manyDigits(
        QStringLiteral("^[+\\-\\x{2212}]?\\$?\\d{17,}(?:\\.\\d{1,2})?$"));
    return manyDigits.match(digits).hasMatch();
}

class Reader final
{
public:
    explicit Reader(DraftReading& reading)
        : m_reading(reading)
    {
    }

    std::optional<Credits> money(DraftField field, const QString& text, bool mustBePositive)
    {
        const auto credits = format::parsedMoney(text);
        if (text.trimmed().isEmpty()) {
            add(field, Words::tr("Enter an amount"), true);
            return std::nullopt;
        }
        if (!credits && isTooLarge(text)) {
            add(field, Words::tr("Too large: no balance holds that much"));
            return std::nullopt;
        }
        if (!credits) {
            add(field, Words::tr("Not an amount: write it like 8 or 8.50"));
            return std::nullopt;
        }
        if (credits->isZero() || (mustBePositive && credits->isNegative())) {
            add(field,
                mustBePositive ? Words::tr("Must be more than 0") : Words::tr("Must not be 0"));
            return std::nullopt;
        }
        return credits;
    }

    void add(DraftField field, const QString& sentence, bool isMissing = false)
    {
        m_reading.problems.append({.field = field, .isMissing = isMissing, .sentence = sentence});
    }

private:
    DraftReading& m_reading;
};

QJsonObject metadataOf(const Draft& draft, const DraftContext& context)
{
    QJsonObject metadata{{QStringLiteral("tool"), QStringLiteral("Tallystick")}};
    if (!draft.reason.trimmed().isEmpty())
        metadata.insert(QStringLiteral("reason"), draft.reason.trimmed());
    if (!context.operatorName.isEmpty())
        metadata.insert(QStringLiteral("admin_id"), context.operatorName);
    return metadata;
}

struct Fields
{
    std::optional<Credits> amount, ceiling;
    bool isCeilingWrong = false;
};

std::optional<Posting> built(const Draft& draft, const Fields& fields, const DraftContext& context)
{
    if (!fields.amount)
        return std::nullopt;
    const QJsonObject metadata = metadataOf(draft, context);
    switch (draft.kind) {
    case PostingKind::TopUp:
        if (fields.isCeilingWrong)
            return std::nullopt;
        return topUp(context.user, *fields.amount, context.key, fields.ceiling, metadata);
    case PostingKind::Reward:
        if (rewardKey(context.user, draft.step.trimmed()).isEmpty())
            return std::nullopt;
        return reward(context.user, *fields.amount, draft.step.trimmed(), metadata);
    case PostingKind::Spend:
        return spend(context.user, *fields.amount, context.key, metadata);
    case PostingKind::Adjustment:
        return adjustment(context.user, *fields.amount, draft.mayOverdraw, context.key, metadata);
    }
    Q_UNREACHABLE();
}

} // namespace

DraftReading read(const Draft& draft, const DraftContext& context)
{
    DraftReading reading;
    Reader reader(reading);
    Fields fields;
    fields.amount =
        reader.money(DraftField::Amount, draft.amount, draft.kind != PostingKind::Adjustment);
    if (draft.kind == PostingKind::TopUp && !draft.ceiling.trimmed().isEmpty()) {
        fields.ceiling = reader.money(DraftField::Ceiling, draft.ceiling, true);
        fields.isCeilingWrong = !fields.ceiling;
    }
    if (draft.kind == PostingKind::Reward) {
        if (draft.step.trimmed().isEmpty())
            reader.add(DraftField::Step, Words::tr("Name the step that is rewarded"), true);
        else if (rewardKey(context.user, draft.step.trimmed()).isEmpty())
            reader.add(DraftField::Step, Words::tr("Too long, or holds control characters"));
    }
    if (draft.reason.trimmed().isEmpty())
        reader.add(DraftField::Reason, Words::tr("A reason is required; it is kept with the row"),
                   true);
    reading.posting = built(draft, fields, context);
    return reading;
}

} // namespace tallystick
