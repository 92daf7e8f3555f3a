// SPDX-License-Identifier: GPL-3.0-or-later
//! Three short lists with a heading each.
#include "ui/stress/outcomestrip.h"

#include "ui/shared/hairlinetable.h"
#include "ui/shared/label.h"
#include "ui/stress/countlist.h"
#include "ui/stress/invariantsmodel.h"
#include "ui/stress/lockwaitsmodel.h"

#include <QtWidgets/QHeaderView>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace tallystick {

namespace {

constexpr int twoLines = 40;
constexpr int mostWaitsKept = 3;
constexpr int twoColumnsFrom = 520;

HairlineTable* shortTable(QAbstractItemModel* model, int stretchColumn, QWidget* parent)
{
    auto* table = new HairlineTable(parent);
    table->setModel(model);
    table->horizontalHeader()->hide();
    table->setStretchColumn(stretchColumn);
    for (int column = 0; column < model->columnCount(); ++column)
        if (column != stretchColumn)
            table->horizontalHeader()->setSectionResizeMode(column, QHeaderView::ResizeToContents);
    table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    table->verticalHeader()->setDefaultSectionSize(twoLines);
    return table;
}

} // namespace

OutcomeStrip::OutcomeStrip(QWidget* parent)
    : QWidget(parent)
    , m_counts(new CountList(this))
    , m_invariants(new InvariantsModel(this))
    , m_invariantTable(shortTable(m_invariants, InvariantsModel::Title, this))
    , m_invariantNote(new Label(theme::Type::Body, theme::Role::Secondary,
                                tr("Checked when the run is over."), this))
    , m_waits(new LockWaitsModel(this))
    , m_waitTable(shortTable(m_waits, LockWaitsModel::Waiter, this))
    , m_waitNote(new Label(theme::Type::Body, theme::Role::Secondary, {}, this))
{
    m_counts->setObjectName(QStringLiteral("stressOutcomes"));
    m_counts->setAccessibleName(tr("Outcomes"));
    m_invariantTable->setObjectName(QStringLiteral("stressInvariants"));
    m_invariantTable->setAccessibleName(tr("Invariants and expectations"));
    m_waitTable->setObjectName(QStringLiteral("stressLockWaits"));
    m_waitTable->setAccessibleName(tr("Lock waits"));
    // Their words stand in the second line of the first column.
    m_invariantTable->setColumnHidden(InvariantsModel::Id, true);
    m_waitTable->setColumnHidden(LockWaitsModel::WaitedFor, true);
    m_waitNote->setWordWrap(true);
    m_invariantNote->setWordWrap(true);
    const auto section = [this](const QString& title, const QList<QWidget*>& parts) {
        auto* column = new QVBoxLayout;
        column->setSpacing(theme::tight);
        column->addWidget(new Label(theme::Type::Section, theme::Role::Text, title, this));
        for (QWidget* part : parts)
            column->addWidget(part);
        column->addStretch();
        return column;
    };
    m_outcomes = section(tr("Outcomes"), {m_counts});
    m_checks = section(tr("Checks"), {m_invariantNote, m_invariantTable});
    m_queue = section(tr("Lock waits"), {m_waitNote, m_waitTable});
    m_grid = new QGridLayout(this);
    m_grid->setContentsMargins(theme::group, theme::group, theme::group, theme::group);
    m_grid->setVerticalSpacing(theme::group + theme::tight);
    m_grid->setHorizontalSpacing(2 * theme::margin);
    arrange();
    connect(m_invariantTable, &HairlineTable::rowChosen, this, [this](const QModelIndex& index) {
        if (const InvariantResult* const invariant = m_invariants->at(index.row()))
            emit invariantChosen(invariant->id);
    });
    clear();
}

void OutcomeStrip::clear()
{
    m_counts->setRows(countRows({}));
    m_invariants->setInvariants({});
    m_invariantTable->hide();
    m_invariantNote->show();
    m_waits->setWaits({});
    showWaits({});
}

void OutcomeStrip::setSnapshot(const LiveSnapshot& snapshot)
{
    m_counts->setRows(countRows(snapshot));
    showWaits(snapshot.lockWaits);
}

void OutcomeStrip::setReport(const Report& report)
{
    setSnapshot(report.live);
    if (!report.lockQueue.isEmpty())
        showWaits(report.lockQueue);
    m_invariants->setInvariants(report.invariants);
    m_invariantTable->setVisible(!report.invariants.isEmpty());
    m_invariantNote->setVisible(report.invariants.isEmpty());
    fitTables();
}

void OutcomeStrip::arrange()
{
    for (QLayout* each : {m_outcomes, m_checks, m_queue}) {
        m_grid->removeItem(each);
        each->setParent(nullptr);
    }
    m_grid->addLayout(m_outcomes, 0, 0, Qt::AlignTop);
    if (m_isWide) {
        m_grid->addLayout(m_checks, 0, 1, 3, 1, Qt::AlignTop);
        m_grid->addLayout(m_queue, 1, 0, Qt::AlignTop);
    } else {
        m_grid->addLayout(m_checks, 1, 0, Qt::AlignTop);
        m_grid->addLayout(m_queue, 2, 0, Qt::AlignTop);
    }
    for (const int column : {0, 1})
        m_grid->setColumnStretch(column, m_isWide || column == 0 ? 1 : 0);
    m_grid->setRowStretch(2, m_isWide ? 1 : 0);
    m_grid->setRowStretch(3, 1);
    m_grid->setHorizontalSpacing(m_isWide ? 2 * theme::margin : 0);
}

void OutcomeStrip::fitTables()
{
    // Half a row at the end looks like a fault: each table gets the height of whole ones.
    for (HairlineTable* table : {m_invariantTable, m_waitTable})
        table->setFixedHeight(0);
    for (QLayout* each : {m_outcomes, m_checks, m_queue})
        each->invalidate();
    m_grid->invalidate();
    const auto roomBeside = [this](int used) { return std::max(0, height() - used) / twoLines; };
    const int waits = m_waitTable->isHidden() ? 0 : m_waits->rowCount();
    const int checks = m_invariantTable->isHidden() ? 0 : m_invariants->rowCount();
    const int room = roomBeside(m_grid->minimumSize().height());
    // The checks come first, but the first waits say who held the lock.
    const int keptForWaits = std::min(waits, std::max(mostWaitsKept, room - checks));
    int roomForChecks = room - keptForWaits;
    if (m_isWide) // they have a column of their own
        roomForChecks = roomBeside(m_checks->minimumSize().height() + 2 * theme::group);
    const int checkRows = std::clamp(roomForChecks, std::min(checks, 1), checks);
    const int roomForWaits = m_isWide ? room : room - checkRows;
    const int waitRows = std::clamp(roomForWaits, std::min(waits, 1), waits);
    m_invariantTable->setFixedHeight(checkRows * twoLines);
    m_waitTable->setFixedHeight(waitRows * twoLines);
}

void OutcomeStrip::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const bool wasWide = std::exchange(m_isWide, width() >= twoColumnsFrom);
    if (m_isWide != wasWide)
        arrange();
    fitTables();
}

void OutcomeStrip::showWaits(const QList<LockWait>& waits)
{
    m_waits->setWaits(waits);
    m_waitTable->setVisible(!waits.isEmpty());
    m_waitNote->setVisible(waits.isEmpty());
    m_waitNote->setText(tr("None seen."));
    fitTables();
}

} // namespace tallystick
