// SPDX-License-Identifier: GPL-3.0-or-later
//! Says the word big, the reasons as sentences, and shows the rows that prove them.
#include "ui/stress/verdictcard.h"

#include "ui/report/runwords.h"
#include "ui/shared/card.h"
#include "ui/shared/format.h"
#include "ui/shared/hairlinetable.h"
#include "ui/shared/label.h"
#include "ui/shared/words.h"
#include "ui/stress/examplesmodel.h"

#include <QtWidgets/QHeaderView>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace tallystick {

namespace {

constexpr qsizetype mostReasons = 3;
constexpr int mostRowsShown = 3;
constexpr int narrow = 600;

theme::Role roleOf(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Pass:
        return theme::Role::Positive;
    case Verdict::Violated:
        return theme::Role::Negative;
    case Verdict::SloMiss:
    case Verdict::Unknown:
        return theme::Role::Warning;
    }
    Q_UNREACHABLE();
}

} // namespace

VerdictCard::VerdictCard(QWidget* parent)
    : QWidget(parent)
    , m_card(new Card(this))
    , m_word(new Label(theme::Type::Number, theme::Role::Text, {}, this))
    , m_sentence(new Label(theme::Type::Body, theme::Role::Text, {}, this))
    , m_reasons(new Label(theme::Type::Body, theme::Role::Secondary, {}, this))
    , m_examples(new ExamplesModel(this))
    , m_table(new HairlineTable(this))
    , m_rows(new QPushButton(tr("Show rows"), this))
    , m_save(new QPushButton(tr("Save report…"), this))
{
    m_word->setObjectName(QStringLiteral("stressVerdict"));
    m_sentence->setObjectName(QStringLiteral("stressVerdictSentence"));
    m_reasons->setObjectName(QStringLiteral("stressReasons"));
    m_table->setObjectName(QStringLiteral("stressExamples"));
    m_rows->setObjectName(QStringLiteral("stressShowRows"));
    m_save->setObjectName(QStringLiteral("stressSaveReport"));
    m_table->setAccessibleName(tr("Counter-examples"));
    m_rows->setAccessibleName(tr("Show the rows around the counter-example"));
    m_save->setAccessibleName(tr("Save the report"));
    m_sentence->setWordWrap(true);
    m_reasons->setWordWrap(true);
    m_table->setModel(m_examples);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->setStretchColumn(ExamplesModel::What);
    for (const int column : {ExamplesModel::Check, ExamplesModel::User, ExamplesModel::Key,
                             ExamplesModel::Expected, ExamplesModel::Found})
        m_table->horizontalHeader()->setSectionResizeMode(column, QHeaderView::ResizeToContents);

    auto* head = new QHBoxLayout;
    head->setSpacing(theme::gap);
    head->addWidget(m_word, 0, Qt::AlignVCenter);
    head->addStretch();
    for (QPushButton* button : {m_rows, m_save})
        head->addWidget(button, 0, Qt::AlignVCenter);
    m_card->column()->setContentsMargins(theme::group + theme::tight, theme::gap, theme::group,
                                         theme::gap + theme::tight);
    m_card->column()->setSpacing(theme::tight);
    m_card->column()->addLayout(head);
    m_card->column()->addWidget(m_sentence);
    m_card->column()->addWidget(m_reasons);
    m_card->column()->addWidget(m_table);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_card);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);

    connect(m_rows, &QPushButton::clicked, this, &VerdictCard::requestRows);
    connect(m_table, &HairlineTable::rowChosen, this, &VerdictCard::requestRows);
    connect(m_save, &QPushButton::clicked, this, &VerdictCard::saveReportRequested);
    clear();
}

void VerdictCard::clear()
{
    m_word->clear();
    m_sentence->clear();
    m_reasons->clear();
    m_examples->setReport({});
    hide();
}

void VerdictCard::put(Verdict verdict, const QString& sentence, const QStringList& reasons)
{
    m_card->setEdge(roleOf(verdict));
    m_word->setRole(roleOf(verdict));
    m_word->setText(words::word(verdict));
    m_word->setAccessibleName(tr("Verdict: %1").arg(words::word(verdict)));
    m_sentence->setText(sentence);
    QStringList shown = reasons.first(std::min(mostReasons, reasons.size()));
    if (shown.size() < reasons.size())
        shown.append(tr("%1 more in the report.").arg(reasons.size() - shown.size()));
    m_reasons->setText(shown.join(QStringLiteral("  ")));
    m_reasons->setVisible(!shown.isEmpty());
    setAccessibleName(tr("Verdict"));
    setAccessibleDescription(text());
    show();
}

void VerdictCard::setReport(const Report& report)
{
    m_examples->setReport(report);
    const int rows = m_examples->rowCount();
    m_table->setVisible(rows > 0);
    m_rows->setVisible(rows > 0 && !report.chains.isEmpty());
    const int header = m_table->horizontalHeader()->sizeHint().height();
    m_table->setFixedHeight(header + std::min(rows, mostRowsShown) *
                                         m_table->verticalHeader()->defaultSectionSize());
    if (rows > 0)
        m_table->setCurrentIndex(m_examples->index(0, 0));
    put(report.verdict, verdictSentence(report), reasonSentences(report, Detail::Short));
    m_reasons->setToolTip(reasonSentences(report).join(QLatin1Char('\n')));
}

void VerdictCard::setBatch(const BatchVerdict& batch)
{
    m_examples->setReport({});
    m_table->hide();
    m_rows->hide();
    const bool isWhole = batch.ended == batch.planned;
    const bool isRight = batch.asExpected == batch.ended;
    const Verdict verdict = !isRight  ? Verdict::Violated
                            : isWhole ? Verdict::Pass
                                      : Verdict::Unknown;
    const QString kept = format::count(batch.asExpected);
    const QString ended = format::count(batch.ended);
    QStringList remarks;
    if (!isWhole)
        remarks.append(tr("Stopped after %1 of %2.").arg(ended, format::count(batch.planned)));
    put(verdict,
        batch.areControls
            ? tr("%1 of %2 broken postings were caught by the check that names the fault.")
                  .arg(kept, ended)
            : tr("%1 of %2 runs passed.").arg(kept, ended),
        remarks);
}

QString VerdictCard::text() const
{
    QStringList parts{m_word->text(), m_sentence->text(), m_reasons->text()};
    parts.removeAll(QString());
    return parts.join(QLatin1Char('\n'));
}

void VerdictCard::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    // Where there is no room for all, what is wrong says more than who it happened to.
    m_table->setColumnHidden(ExamplesModel::User, width() < narrow);
}

void VerdictCard::requestRows()
{
    if (const Example* const example = m_examples->at(m_table->currentIndex().row()))
        emit rowsRequested(*example);
}

} // namespace tallystick
