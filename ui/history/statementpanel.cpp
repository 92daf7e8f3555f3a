// SPDX-License-Identifier: GPL-3.0-or-later
//! Turns the filter row into queries and keeps the table filled.
#include "ui/history/statementpanel.h"

#include "ui/shared/format.h"
#include "ui/shared/hairlinetable.h"
#include "ui/shared/label.h"
#include "ui/shared/stateview.h"
#include "ui/shared/styledraw.h"
#include "ui/shared/wholecolumn.h"

#include <QtGui/QResizeEvent>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLineEdit>

namespace tallystick {

namespace {

constexpr int pageSize = 200;
constexpr int pendingChoice = -2;
constexpr int everyChoice = -1;
/// Below this width the key goes: the details beside the table hold it too.
constexpr int keyColumnFrom = 820;

/// "2026-05-01" as that day's first moment in UTC.
std::optional<Instant> dayNamed(const QString& text)
{
    const QDate day = QDate::fromString(text.trimmed(), Qt::ISODate);
    if (!day.isValid())
        return std::nullopt;
    return Instant{QDateTime(day, QTime(0, 0), Qt::UTC).toMSecsSinceEpoch() * 1000};
}

QLineEdit* makeDate(const QString& objectName, const QString& name, const QString& placeholder)
{
    auto* edit = new QLineEdit;
    edit->setObjectName(objectName);
    edit->setAccessibleName(name);
    edit->setToolTip(name);
    edit->setPlaceholderText(placeholder);
    edit->setFixedWidth(138);
    return edit;
}

} // namespace

StatementPanel::StatementPanel(Desk& desk, const UserId& user, QWidget* parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_user(user)
    , m_model(new StatementModel(this))
    , m_table(new HairlineTable)
    , m_states(new StateView(m_table))
    , m_type(new QComboBox)
    , m_from(makeDate(QStringLiteral("statementFrom"), tr("From day, UTC"), tr("From yyyy-mm-dd")))
    , m_until(makeDate(QStringLiteral("statementUntil"), tr("Until day, UTC"), tr("To yyyy-mm-dd")))
    , m_count(new Label(theme::Type::Caption, theme::Role::Secondary))
    , m_dateProblem(new Label(theme::Type::Caption, theme::Role::Negative,
                              tr("No such day: write it like 2026-05-01, in UTC.")))
{
    makeTable();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 0, 0, 0); // one left edge with the header above
    column->setSpacing(0);
    column->addWidget(makeFilters());
    column->addWidget(m_states, 1);

    connect(m_table, &HairlineTable::endApproached, this, &StatementPanel::askNextPage);
    connect(m_states, &StateView::retryRequested, this, &StatementPanel::ask);
    connect(m_states, &StateView::cancelRequested, this, [this] {
        m_first.drop();
        m_states->showContent();
    });
    connect(m_states, &StateView::emptyActionTriggered, this, &StatementPanel::clearFilters);
}

StatementPanel::~StatementPanel()
{
    // A table taken down moves its scroll bars and would ask a panel that is gone for more.
    m_table->disconnect(this);
}

void StatementPanel::makeTable()
{
    m_table->setObjectName(QStringLiteral("statementTable"));
    m_table->setAccessibleName(tr("Statement"));
    m_table->setModel(m_model);
    m_table->setStretchColumn(StatementModel::What);
    const QFontMetrics body(theme::font(theme::Type::Body));
    const auto widthFor = [&](const QString& sample) {
        return body.horizontalAdvance(sample) + theme::margin + theme::tight;
    };
    m_table->setColumnWidth(StatementModel::Time, widthFor(QStringLiteral("2026-05-01 14:02:11")));
    m_table->setColumnWidth(StatementModel::Type, 128);
    keepWhole(*m_table, StatementModel::Amount, widthFor(QStringLiteral("+100,000.00")));
    keepWhole(*m_table, StatementModel::Balance, widthFor(QStringLiteral("1,000,000.00")));
    m_table->setColumnWidth(StatementModel::Key, 180);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) {
                if (current.isValid())
                    emit rowSelected(m_model->rowAt(current.row()));
            });
}

QWidget* StatementPanel::makeFilters()
{
    m_type->setObjectName(QStringLiteral("statementType"));
    m_type->setAccessibleName(tr("Show only this type"));
    m_type->addItem(tr("All types"), everyChoice);
    for (const TransactionType type : writableTypes)
        m_type->addItem(words::word(type), int(type));
    m_type->addItem(tr("Pending only"), pendingChoice);
    m_dateProblem->setObjectName(QStringLiteral("statementDateProblem"));
    m_dateProblem->hide();
    auto* filters = new QWidget;
    auto* column = new QVBoxLayout(filters);
    column->setContentsMargins(12, theme::gap, 12, theme::gap);
    column->setSpacing(theme::tight);
    auto* row = new QHBoxLayout;
    column->addLayout(row);
    column->addWidget(m_dateProblem);
    row->setSpacing(theme::gap);
    row->addWidget(m_type);
    row->addWidget(m_from);
    row->addWidget(m_until);
    row->addStretch();
    row->addWidget(m_count);

    connect(m_type, &QComboBox::currentIndexChanged, this, &StatementPanel::ask);
    for (QLineEdit* edit : {m_from, m_until}) {
        connect(edit, &QLineEdit::textChanged, this, [this] {
            tellDates(false); // half a date is no mistake yet
            ask();
        });
        connect(edit, &QLineEdit::editingFinished, this, [this] { tellDates(true); });
    }
    return filters;
}

void StatementPanel::tellDates(bool evenHalf)
{
    bool isAnyWrong = false;
    for (QLineEdit* edit : {m_from, m_until}) {
        const bool isWrong = !edit->text().isEmpty() && !dayNamed(edit->text()) &&
                             (evenHalf || edit->text().size() >= 10);
        isAnyWrong = isAnyWrong || isWrong;
        edit->setProperty(styledraw::invalidProperty, isWrong);
        edit->update();
    }
    m_dateProblem->setVisible(isAnyWrong);
}

void StatementPanel::reload()
{
    ask();
}

void StatementPanel::showNewRow(const TransactionKey& key)
{
    m_newRow = key;
    ask();
}

bool StatementPanel::showRow(const TransactionKey& key)
{
    const int row = m_model->rowOf(key);
    if (row < 0)
        return false;
    m_table->selectRow(row);
    m_table->scrollTo(m_model->index(row, 0), QAbstractItemView::PositionAtCenter);
    return true;
}

void StatementPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_table->setColumnHidden(StatementModel::Key, width() < keyColumnFrom);
}

std::optional<HistoryQuery> StatementPanel::query() const
{
    HistoryQuery query{.user = m_user, .limit = pageSize};
    const int choice = m_type->currentData().toInt();
    if (choice == pendingChoice)
        query.active = false;
    else if (choice != everyChoice)
        query.types = {TransactionType(choice)};
    if (!m_from->text().isEmpty()) {
        query.from = dayNamed(m_from->text());
        if (!query.from)
            return std::nullopt;
    }
    if (!m_until->text().isEmpty()) {
        const auto last = dayNamed(m_until->text());
        if (!last)
            return std::nullopt;
        constexpr qint64 dayMicros = 86'400'000'000;
        query.until = Instant{last->micros + dayMicros}; // the named day is still shown
    }
    return query;
}

void StatementPanel::ask()
{
    const auto wanted = query();
    if (!wanted)
        return;
    m_more.drop();
    m_states->showLoading();
    m_first.ask(m_desk.ask([query = *wanted](Ledger& ledger) { return ledger.history(query); },
                           Desk::Repeat::Once),
                [this](Result<StatementModel::HistoryPage> page) {
                    if (page) {
                        showFirst(*page);
                    } else {
                        m_count->setText({});
                        m_states->showError(page.error(), m_newRow.isEmpty()
                                                              ? words::Doing::Reading
                                                              : words::Doing::Refreshing);
                    }
                    emit firstPageAnswered();
                });
}

void StatementPanel::askNextPage()
{
    auto wanted = query();
    if (!wanted || !m_model->next() || m_more.isOpen() || m_first.isOpen())
        return;
    wanted->before = m_model->next();
    m_more.ask(m_desk.ask([query = *wanted](Ledger& ledger) { return ledger.history(query); },
                          Desk::Repeat::Once),
               [this](Result<StatementModel::HistoryPage> page) {
                   if (page) {
                       m_model->append(*page);
                       tellCount();
                   } else {
                       // The rows that are there stay; scrolling on asks again.
                       m_count->setText(tr("could not read on"));
                       m_count->setToolTip(words::plain(page.error(), words::Doing::Reading));
                   }
               });
}

void StatementPanel::showFirst(const StatementModel::HistoryPage& page)
{
    const QModelIndex current = m_table->currentIndex();
    const TransactionKey kept =
        current.isValid() ? m_model->rowAt(current.row()).key : TransactionKey();
    m_model->setFirstPage(page);
    tellCount();
    if (!page.rows.isEmpty()) {
        m_states->showContent();
        const TransactionKey written = std::exchange(m_newRow, {});
        if ((written.isEmpty() || !showRow(written)) && !kept.isEmpty())
            showRow(kept);
    } else if (isFiltered()) {
        m_states->showEmpty({.iconName = QStringLiteral("filter"),
                             .title = tr("No such rows"),
                             .sentence = tr("Nothing in this statement matches the filter."),
                             .action = tr("Clear the filter")});
    } else {
        m_states->showEmpty({.iconName = QStringLiteral("receipt"),
                             .title = tr("No movements yet"),
                             .sentence = tr("This customer's balance has never been touched.")});
    }
    emit firstPageShown();
}

void StatementPanel::tellCount()
{
    const int rows = m_model->rowCount();
    const QString several = m_model->next() ? tr("newest %1 rows") : tr("%1 rows");
    m_count->setText(rows == 1 && !m_model->next() ? tr("1 row")
                                                   : several.arg(format::count(rows)));
    m_count->setToolTip({});
}

bool StatementPanel::isFiltered() const
{
    return m_type->currentData().toInt() != everyChoice || !m_from->text().isEmpty() ||
           !m_until->text().isEmpty();
}

void StatementPanel::clearFilters()
{
    m_from->clear();
    m_until->clear();
    m_type->setCurrentIndex(0);
}

} // namespace tallystick
