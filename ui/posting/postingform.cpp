// SPDX-License-Identifier: GPL-3.0-or-later
//! Keeps fields, preview and button in step, and a posting's key through every try.
#include "ui/posting/postingform.h"

#include "ui/posting/postingwords.h"
#include "ui/shared/banner.h"
#include "ui/shared/card.h"
#include "ui/shared/field.h"
#include "ui/shared/icons.h"
#include "ui/shared/label.h"

#include <QtWidgets/QCheckBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>

#include <chrono>

namespace tallystick {

using namespace std::chrono_literals;
using theme::Role;
using theme::Type;

namespace {

bool isSameOutcome(const Receipt& a, const Receipt& b)
{
    return a.applied == b.applied && a.balance == b.balance && a.clamp == b.clamp;
}

/// The reason is in no preview: typing it must not make the shown one flicker.
bool hasSamePreview(const Posting& a, const Posting& b)
{
    return a.amount == b.amount && a.ceiling == b.ceiling && a.key == b.key &&
           a.mayOverdraw == b.mayOverdraw;
}

} // namespace

PostingForm::PostingForm(Desk& desk, PostingKind kind, const PostingSubject& subject,
                         QWidget* parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_kind(kind)
    , m_subject(subject)
    , m_key(newTransactionKey())
    , m_previewCard(new Card)
    , m_previewLine(new Label(Type::Body, Role::Secondary))
    , m_banner(new Banner)
    , m_submit(new QPushButton)
    , m_cancel(new QPushButton(tr("Cancel")))
{
    makeFields(kind);
    lay(kind);
    m_typing.setSingleShot(true);
    m_typing.setInterval(150ms);
    connect(&m_typing, &QTimer::timeout, this, &PostingForm::askPreview);
    connect(m_submit, &QPushButton::clicked, this, &PostingForm::submit);
    connect(m_cancel, &QPushButton::clicked, this, &PostingForm::closeRequested);
    connect(m_banner, &Banner::actionTriggered, this, &PostingForm::submit);
    draftChanged();
}

void PostingForm::makeFields(PostingKind kind)
{
    m_amount = new Field(words::amountLabel(kind), QStringLiteral("postingAmount"));
    m_amount->editor()->setPlaceholderText(QStringLiteral("0.00"));
    QList<Field*> fields{m_amount};
    if (kind == PostingKind::TopUp) {
        m_ceiling = new Field(tr("Ceiling ($, optional)"), QStringLiteral("postingCeiling"));
        m_ceiling->editor()->setPlaceholderText(tr("no ceiling"));
        m_ceiling->setHint(tr("The balance is not lifted above it."));
        fields << m_ceiling;
    }
    if (kind == PostingKind::Reward) {
        m_step = new Field(tr("Step"), QStringLiteral("postingStep"));
        m_step->editor()->setPlaceholderText(QStringLiteral("WELCOME"));
        m_step->setHint(tr("A customer gets each step once."));
        fields << m_step;
    }
    if (kind == PostingKind::Adjustment) {
        m_amount->setHint(tr("Negative takes credits away, e.g. −3.50."));
        m_overdraw = new QCheckBox(tr("May take the balance below zero"));
        m_overdraw->setObjectName(QStringLiteral("postingOverdraw"));
        m_overdraw->setAccessibleName(m_overdraw->text());
        connect(m_overdraw, &QCheckBox::toggled, this, &PostingForm::draftChanged);
    }
    m_reason = new Field(tr("Reason"), QStringLiteral("postingReason"));
    m_reason->editor()->setPlaceholderText(tr("Why? Kept with the row"));
    fields << m_reason;
    for (Field* field : fields) {
        connect(field->editor(), &QLineEdit::textChanged, this, &PostingForm::draftChanged);
        connect(field->editor(), &QLineEdit::returnPressed, this, &PostingForm::submit);
    }
}

void PostingForm::lay(PostingKind kind)
{
    m_previewLine->setObjectName(QStringLiteral("postingPreview"));
    m_previewLine->setWordWrap(true);
    m_previewCard->setPadding(12, 10);
    m_previewCard->column()->addWidget(m_previewLine);
    m_banner->setObjectName(QStringLiteral("postingBanner"));
    m_submit->setObjectName(QStringLiteral("postingSubmit"));
    m_submit->setDefault(true);
    m_submit->setMinimumWidth(120); // a long e-mail is elided, not the form widened
    m_cancel->setObjectName(QStringLiteral("postingCancel"));
    m_cancel->setAccessibleName(tr("Cancel"));
    auto* hint = new Label(Type::Body, Role::Secondary, words::hint(kind));
    hint->setWordWrap(true);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(theme::margin, theme::gap, theme::group, theme::group);
    column->setSpacing(12);
    column->addWidget(hint);
    column->addWidget(m_amount);
    for (QWidget* extra : {static_cast<QWidget*>(m_ceiling), static_cast<QWidget*>(m_step),
                           static_cast<QWidget*>(m_overdraw)})
        if (extra)
            column->addWidget(extra);
    column->addWidget(m_previewCard);
    column->addWidget(m_reason);
    column->addWidget(m_banner);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(theme::gap);
    buttons->addWidget(m_submit, 1);
    buttons->addWidget(m_cancel);
    column->addLayout(buttons);
    column->addStretch();
}

void PostingForm::focusFirst()
{
    m_amount->editor()->setFocus(Qt::OtherFocusReason);
}

Draft PostingForm::draft() const
{
    return {.kind = m_kind,
            .amount = m_amount->text(),
            .ceiling = m_ceiling ? m_ceiling->text() : QString(),
            .step = m_step ? m_step->text() : QString(),
            .reason = m_reason->text(),
            .mayOverdraw = m_overdraw && m_overdraw->isChecked()};
}

DraftReading PostingForm::reading() const
{
    return read(draft(),
                {.user = m_subject.user, .key = m_key, .operatorName = m_subject.operatorName});
}

Field* PostingForm::fieldOf(DraftField field) const
{
    switch (field) {
    case DraftField::Amount:
        return m_amount;
    case DraftField::Ceiling:
        return m_ceiling;
    case DraftField::Step:
        return m_step;
    case DraftField::Reason:
        return m_reason;
    }
    Q_UNREACHABLE();
}

void PostingForm::showProblems(const DraftReading& reading, bool evenMissing)
{
    for (Field* field : {m_amount, m_ceiling, m_step, m_reason})
        if (field)
            field->setProblem({});
    bool hasFocused = false;
    for (const DraftProblem& problem : reading.problems) {
        if (problem.isMissing && !evenMissing)
            continue;
        fieldOf(problem.field)->setProblem(problem.sentence);
        if (evenMissing && !std::exchange(hasFocused, true))
            fieldOf(problem.field)->editor()->setFocus(Qt::OtherFocusReason);
    }
}

void PostingForm::draftChanged()
{
    if (m_stage != Stage::Editing)
        return;
    m_banner->hide();
    const DraftReading now = reading();
    showProblems(now, false);
    if (now.posting && m_previewed && m_preview && hasSamePreview(*now.posting, *m_previewed))
        return;
    m_previewQuestion.drop();
    m_previewed.reset();
    m_preview.reset();
    sayPreview(tr("The preview appears here; nothing is written by it."), Role::Secondary);
    nameButton();
    if (now.posting)
        m_typing.start();
    else
        m_typing.stop();
}

void PostingForm::askPreview()
{
    m_typing.stop();
    const auto posting = reading().posting;
    if (!posting || m_stage != Stage::Editing)
        return;
    m_previewQuestion.ask(
        m_desk.ask([posting = *posting](Ledger& ledger) { return ledger.preview(posting); },
                   Desk::Repeat::Once),
        [this, posting = *posting](Result<Receipt> answer) { showPreview(posting, answer); });
}

void PostingForm::sayPreview(const QString& sentence, Role role)
{
    m_previewLine->setText(sentence);
    m_previewLine->setRole(role == Role::Secondary ? role : Role::Text);
    m_previewCard->setEdge(role == Role::Secondary ? std::nullopt : std::optional(role));
}

void PostingForm::showPreview(const Posting& posting, const Result<Receipt>& answer)
{
    m_preview.reset();
    m_previewed = posting;
    if (answer) {
        m_preview = *answer;
        sayPreview(words::preview(posting, *answer),
                   answer->clamp == Clamp::None ? Role::Positive : Role::Warning);
    } else if (answer.refusal()) {
        sayPreview(words::sentence(*answer.refusal()), Role::Negative);
    } else {
        sayPreview(tr("No preview."), Role::Secondary);
        m_banner->showError(answer.error(), words::Doing::Writing, {});
    }
    nameButton();
    emit previewShown();
}

void PostingForm::submit()
{
    if (m_stage == Stage::Posting)
        return;
    if (m_stage == Stage::Doubt) {
        resend();
        return;
    }
    const DraftReading now = reading();
    showProblems(now, true);
    if (!now.isReady())
        return;
    if (m_preview)
        send(*now.posting);
    else
        askPreview(); // what the button would do is not known yet
}

void PostingForm::send(const Posting& posting)
{
    m_banner->hide();
    m_sent = posting;
    setStage(Stage::Posting);
    m_postQuestion.ask(
        m_desk.ask([posting, expected = *m_preview](Ledger& ledger) -> Result<Answer> {
            const Result<Receipt> now = ledger.preview(posting);
            if (!now)
                return now.error();
            if (!isSameOutcome(*now, expected))
                return Answer{.receipt = *now, .hasMoved = true};
            const Result<Receipt> receipt = ledger.post(posting);
            if (!receipt)
                return receipt.error();
            return Answer{.receipt = *receipt};
        }),
        [this](Result<Answer> answer) { take(answer); });
}

void PostingForm::resend()
{
    setStage(Stage::Posting);
    const auto postAgain = [posting = *m_sent](Ledger& ledger) -> Result<Answer> {
        const Result<Receipt> receipt = ledger.post(posting);
        if (!receipt)
            return receipt.error();
        return Answer{.receipt = *receipt};
    };
    m_postQuestion.ask(m_desk.ask(postAgain), [this](Result<Answer> answer) {
        if (!answer.failure()) {
            take(answer);
            return;
        }
        // Whatever failed now says nothing of what was sent before.
        setStage(Stage::Doubt);
        Failure unknown = *answer.failure();
        unknown.kind = Failure::Kind::OutcomeUnknown;
        m_banner->showError(unknown, words::Doing::Writing, tr("Ask again"));
    });
}

void PostingForm::take(const Result<Answer>& answer)
{
    if (const Failure* failure = answer.failure()) {
        const bool isUnknown = failure->kind == Failure::Kind::OutcomeUnknown;
        setStage(isUnknown ? Stage::Doubt : Stage::Editing);
        m_banner->showError(answer.error(), words::Doing::Writing,
                            isUnknown ? tr("Ask again") : tr("Try again"));
        return;
    }
    setStage(Stage::Editing);
    if (!answer) {
        m_preview.reset();
        nameButton();
        m_banner->showError(answer.error(), words::Doing::Writing, {});
        return;
    }
    if (answer->hasMoved) {
        showPreview(*m_sent, answer->receipt);
        m_banner->showMessage(Role::Warning, tr("The balance has moved since the preview."),
                              tr("Nothing was written. The preview is fresh again."));
        return;
    }
    emit posted(answer->receipt);
}

void PostingForm::setStage(Stage stage)
{
    m_stage = stage;
    const bool isEditing = stage == Stage::Editing;
    for (Field* field : {m_amount, m_ceiling, m_step, m_reason})
        if (field)
            field->editor()->setReadOnly(!isEditing);
    if (m_overdraw)
        m_overdraw->setEnabled(isEditing);
    m_cancel->setEnabled(stage != Stage::Posting);
    m_cancel->setText(stage == Stage::Doubt ? tr("Close") : tr("Cancel"));
    nameButton();
}

void PostingForm::nameButton()
{
    QString name = words::title(m_kind);
    if (m_stage == Stage::Posting)
        name = tr("Posting…");
    else if (m_stage == Stage::Doubt)
        name = tr("Ask again");
    else if (m_preview)
        name = words::action(*m_preview, m_subject.customer);
    m_submit->setText(name);
    m_submit->setAccessibleName(name);
    m_submit->setToolTip(name);
    m_submit->setEnabled(m_stage == Stage::Doubt || (m_stage == Stage::Editing && m_preview));
}

} // namespace tallystick
