// SPDX-License-Identifier: GPL-3.0-or-later
//! Asks for a run; it neither starts nor knows one.
#include "ui/stress/runform.h"

#include "ledger/stress/reportreader.h"
#include "ui/shared/icons.h"
#include "ui/shared/label.h"
#include "ui/shared/words.h"
#include "ui/stress/ratesetting.h"
#include "ui/stress/scenariodelegate.h"
#include "ui/stress/scenariomodel.h"

#include <QtCore/QFile>
#include <QtCore/QItemSelectionModel>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListView>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSpinBox>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <numeric>

namespace tallystick {

namespace {

constexpr int mostClients = 500;
constexpr int mostSeconds = 24 * 60 * 60;
constexpr int mostOperations = 10'000'000;
constexpr int mostRate = 1'000'000;

/// A mix that says exactly how many of each has a length of its own.
bool hasFixedLength(const Scenario& scenario)
{
    return !scenario.seconds && std::all_of(scenario.mix.begin(), scenario.mix.end(),
                                            [](const MixEntry& entry) { return entry.count > 0; });
}

qint64 operationsOf(const Scenario& scenario)
{
    const int counted =
        std::accumulate(scenario.mix.begin(), scenario.mix.end(), 0,
                        [](int sum, const MixEntry& entry) { return sum + entry.count; });
    return scenario.operations.value_or(counted);
}

} // namespace

RunForm::RunForm(QWidget* parent)
    : QWidget(parent)
    , m_model(new ScenarioModel(this))
    , m_filter(new ScenarioFilter(this))
    , m_search(new QLineEdit(this))
    , m_list(new QListView(this))
    , m_way(new QComboBox(this))
    , m_clients(new QSpinBox(this))
    , m_lengthLabel(new Label(theme::Type::Caption, theme::Role::Secondary, {}, this))
    , m_length(new QSpinBox(this))
    , m_rate(new QSpinBox(this))
    , m_seed(new QLineEdit(this))
    , m_seedError(new Label(theme::Type::Caption, theme::Role::Negative, {}, this))
    , m_fileError(new Label(theme::Type::Caption, theme::Role::Negative, {}, this))
    , m_start(new QPushButton(tr("Start"), this))
    , m_stop(new QPushButton(tr("Stop"), this))
    , m_suite(new QPushButton(tr("Run suite"), this))
    , m_controls(new QPushButton(tr("Run controls"), this))
    , m_open(new QPushButton(tr("Open file…"), this))
{
    setObjectName(QStringLiteral("stressForm"));
    m_filter->setSourceModel(m_model);
    m_list->setModel(m_filter);
    m_list->setItemDelegate(new ScenarioDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->viewport()->setAutoFillBackground(false);
    m_list->setMouseTracking(true);
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_search->setPlaceholderText(tr("Find a scenario"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(icons::icon(QStringLiteral("search"), theme::Role::Secondary),
                        QLineEdit::LeadingPosition);
    m_clients->setRange(1, mostClients);
    m_rate->setRange(0, mostRate);
    m_rate->setSuffix(tr(" per second"));
    m_rate->setSpecialValueText(tr("As answers come"));
    for (QSpinBox* box : {m_clients, m_length, m_rate}) {
        box->setButtonSymbols(QAbstractSpinBox::NoButtons);
        box->setGroupSeparatorShown(true);
    }
    m_seed->setMaxLength(20);
    m_seed->setTextMargins(theme::tight, 0, theme::tight, 0); // in line with the other fields
    m_start->setDefault(true);
    m_start->setIcon(icons::icon(QStringLiteral("play"), theme::Role::OnAccent));
    m_stop->setIcon(icons::icon(QStringLiteral("stop")));
    m_stop->setToolTip(tr("Stop the run (Esc twice)"));
    m_suite->setToolTip(tr("Every built-in scenario in both ways; each must pass"));
    m_controls->setToolTip(tr("Every posting broken on purpose; each must be caught"));
    m_fileError->setWordWrap(true);
    nameAll();
    layOut();
    connectAll();
    setState(State::Idle);
}

void RunForm::nameAll()
{
    struct Named
    {
        QWidget* widget;
        const char* objectName;
        QString spoken;
    };
    for (const Named& each :
         {Named{m_search, "stressSearch", tr("Find a scenario")},
          Named{m_list, "stressScenarioList", tr("Scenarios")},
          Named{m_way, "stressWay", tr("Way of posting")},
          Named{m_clients, "stressClients", tr("Clients")},
          Named{m_length, "stressLength", tr("Length of the run")},
          Named{m_rate, "stressRate", tr("Operations a second")},
          Named{m_seed, "stressSeed", tr("Seed")},
          Named{m_start, "stressStart", tr("Start the run")},
          Named{m_stop, "stressStop", tr("Stop the run")},
          Named{m_suite, "stressSuite", tr("Run the whole suite")},
          Named{m_controls, "stressControls", tr("Run the controls")},
          Named{m_open, "stressOpen", tr("Open a scenario file")},
          Named{m_fileError, "stressFileError", tr("What is wrong with the file")},
          Named{m_seedError, "stressSeedError", tr("What is wrong with the seed")}}) {
        each.widget->setObjectName(QLatin1String(each.objectName));
        each.widget->setAccessibleName(each.spoken);
    }
}

void RunForm::layOut()
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(theme::group, theme::group, theme::group, theme::group);
    column->setSpacing(theme::gap);
    column->addWidget(new Label(theme::Type::Section, theme::Role::Text, tr("Scenarios"), this));
    column->addWidget(m_search);
    column->addWidget(m_list, 1);
    column->addWidget(m_fileError);
    auto* fields = new QGridLayout;
    fields->setHorizontalSpacing(theme::gap);
    fields->setVerticalSpacing(theme::tight);
    const auto caption = [this](const QString& text, QWidget* buddy) {
        auto* label = new Label(theme::Type::Caption, theme::Role::Secondary, text, this);
        label->setBuddy(buddy);
        return label;
    };
    m_lengthLabel->setBuddy(m_length);
    fields->addWidget(caption(tr("Way"), m_way), 0, 0);
    fields->addWidget(caption(tr("Seed"), m_seed), 0, 1);
    fields->addWidget(m_way, 1, 0);
    fields->addWidget(m_seed, 1, 1);
    fields->addWidget(m_seedError, 2, 0, 1, 2);
    fields->addWidget(caption(tr("Clients"), m_clients), 3, 0);
    fields->addWidget(m_lengthLabel, 3, 1);
    fields->addWidget(m_clients, 4, 0);
    fields->addWidget(m_length, 4, 1);
    fields->addWidget(caption(tr("Rate"), m_rate), 5, 0);
    fields->addWidget(m_rate, 6, 0, 1, 2);
    fields->setColumnStretch(0, 1);
    fields->setColumnStretch(1, 1);
    column->addLayout(fields);
    column->addSpacing(theme::tight);
    auto* act = new QHBoxLayout;
    act->setSpacing(theme::gap);
    act->addWidget(m_start, 2);
    act->addWidget(m_stop, 1);
    column->addLayout(act);
    auto* batches = new QHBoxLayout;
    batches->setSpacing(theme::gap);
    batches->addWidget(m_suite, 1);
    batches->addWidget(m_controls, 1);
    column->addLayout(batches);
    column->addWidget(m_open);
    m_fileError->hide();
    m_seedError->hide();
}

void RunForm::connectAll()
{
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& words) {
        m_filter->setWords(words);
        if (!m_list->currentIndex().isValid())
            m_list->setCurrentIndex(m_filter->index(0, 0));
    });
    m_search->installEventFilter(this);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &RunForm::showChosen);
    connect(m_list, &QListView::activated, this, [this] {
        if (m_start->isEnabled())
            emit startRequested();
    });
    connect(m_seed, &QLineEdit::textChanged, this, &RunForm::checkFields);
    connect(m_start, &QPushButton::clicked, this, &RunForm::startRequested);
    connect(m_stop, &QPushButton::clicked, this, &RunForm::stopRequested);
    connect(m_suite, &QPushButton::clicked, this, &RunForm::suiteRequested);
    connect(m_controls, &QPushButton::clicked, this, &RunForm::controlsRequested);
    connect(m_open, &QPushButton::clicked, this, &RunForm::askForFile);
    for (QWidget* each : {static_cast<QWidget*>(m_search), static_cast<QWidget*>(m_list)})
        each->setFocusPolicy(Qt::StrongFocus);
}

void RunForm::setScenarios(const QList<Scenario>& scenarios)
{
    m_model->setScenarios(scenarios);
    m_list->setCurrentIndex(m_filter->index(0, 0));
}

const QList<Scenario>& RunForm::scenarios() const
{
    return m_model->scenarios();
}

const Scenario* RunForm::chosen() const
{
    const QModelIndex index = m_filter->mapToSource(m_list->currentIndex());
    return index.isValid() ? m_model->at(index.row()) : nullptr;
}

std::optional<quint64> RunForm::seed() const
{
    bool isNumber = false;
    const quint64 value = m_seed->text().toULongLong(&isNumber);
    return isNumber ? std::optional(value) : std::nullopt;
}

std::optional<Scenario> RunForm::scenario() const
{
    const Scenario* const from = chosen();
    if (!from || !seed())
        return std::nullopt;
    Scenario scenario = *from;
    scenario.target.way = static_cast<Way>(m_way->currentData().toInt());
    scenario.clients = m_clients->value();
    scenario.seed = *seed();
    if (m_rate->value() != wholeRate(scenario))
        setRate(scenario, m_rate->value());
    // A value nobody touched is kept exactly: 2.5 seconds do not become 3 in passing.
    if (scenario.seconds && m_length->value() != std::lround(*scenario.seconds))
        scenario.seconds = m_length->value();
    else if (!scenario.seconds && !hasFixedLength(scenario))
        scenario.operations = m_length->value();
    return scenario;
}

bool RunForm::choose(const QString& name)
{
    m_search->clear();
    for (int row = 0; row < m_filter->rowCount(); ++row) {
        const QModelIndex index = m_filter->index(row, 0);
        if (index.data(ScenarioModel::NameRole).toString() == name) {
            m_list->setCurrentIndex(index);
            return true;
        }
    }
    return false;
}

void RunForm::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void RunForm::showChosen()
{
    if (const Scenario* const scenario = chosen()) {
        m_way->clear();
        for (const Way way : waysOf(*scenario))
            m_way->addItem(words::word(way), static_cast<int>(way));
        m_way->setCurrentIndex(m_way->findData(static_cast<int>(scenario->target.way)));
        m_clients->setValue(scenario->clients);
        m_seed->setText(QString::number(scenario->seed));
        m_rate->setValue(wholeRate(*scenario));
        m_rate->setToolTip(mayBeOpen(*scenario)
                               ? tr("At a rate, operations are sent when they are due, whether or "
                                    "not earlier ones were answered")
                               : tr("Some operations of this scenario wait for others"));
        m_length->setRange(1, scenario->seconds ? mostSeconds : mostOperations);
        m_length->setSuffix(scenario->seconds ? tr(" s") : QString());
        m_length->setValue(scenario->seconds ? static_cast<int>(std::lround(*scenario->seconds))
                                             : static_cast<int>(std::min<qint64>(
                                                   operationsOf(*scenario), mostOperations)));
        m_lengthLabel->setText(scenario->seconds ? tr("Duration") : tr("Operations"));
        m_length->setToolTip(hasFixedLength(*scenario)
                                 ? tr("This scenario says exactly which operations it sends")
                                 : QString());
    }
    setState(m_state);
    emit scenarioChanged();
}

void RunForm::checkFields()
{
    const bool isRight = seed().has_value();
    m_seedError->setText(isRight ? QString() : tr("The seed is a whole number from 0"));
    m_seedError->setVisible(!isRight);
    setState(m_state);
}

void RunForm::setState(State state)
{
    m_state = state;
    const Scenario* const scenario = chosen();
    const bool isIdle = state == State::Idle;
    m_start->setEnabled(isIdle && scenario && seed());
    m_stop->setEnabled(state == State::Running);
    m_stop->setText(state == State::Stopping ? tr("Stopping") : tr("Stop"));
    for (QWidget* each : {static_cast<QWidget*>(m_suite), static_cast<QWidget*>(m_controls),
                          static_cast<QWidget*>(m_open), static_cast<QWidget*>(m_clients),
                          static_cast<QWidget*>(m_seed)})
        each->setEnabled(isIdle);
    m_way->setEnabled(isIdle && m_way->count() > 1);
    m_length->setEnabled(isIdle && scenario && !hasFixedLength(*scenario));
    m_rate->setEnabled(isIdle && scenario && mayBeOpen(*scenario));
}

void RunForm::askForFile()
{
    auto* dialog = new QFileDialog(this, tr("Open a scenario file"), {},
                                   tr("Scenarios and reports (*.json);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &RunForm::openFile);
    dialog->open();
}

void RunForm::openFile(const QString& path)
{
    m_fileError->hide();
    const auto say = [this](const QString& sentence) {
        m_fileError->setText(sentence);
        m_fileError->show();
    };
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        say(tr("The file cannot be read: %1").arg(file.errorString()));
        return;
    }
    if (file.size() > largestReportBytes) {
        say(tr("The file is larger than 64 MiB: no scenario or report is."));
        return;
    }
    const auto sayWrong = [&say](const ScenarioError& wrong) {
        say(tr("%1: expected %2, found %3")
                .arg(wrong.path.isEmpty() ? tr("The file") : wrong.path, wrong.expected,
                     wrong.found));
    };
    const QByteArray content = file.readAll();
    if (isReport(content)) {
        const auto read = parseReport(content);
        if (const auto* wrong = std::get_if<ScenarioError>(&read))
            sayWrong(*wrong);
        else
            emit reportOpened(std::get<Report>(read));
        return;
    }
    const auto parsed = parseScenario(content);
    if (const auto* wrong = std::get_if<ScenarioError>(&parsed)) {
        sayWrong(*wrong);
        return;
    }
    const Scenario& scenario = std::get<Scenario>(parsed);
    m_model->add(scenario);
    choose(scenario.name);
}

bool RunForm::eventFilter(QObject* watched, QEvent* event)
{
    // From the search field, Down and Up move in the list while typing goes on.
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Down || key == Qt::Key_Up) {
            const int row = m_list->currentIndex().row() + (key == Qt::Key_Down ? 1 : -1);
            if (row >= 0 && row < m_filter->rowCount())
                m_list->setCurrentIndex(m_filter->index(row, 0));
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace tallystick
