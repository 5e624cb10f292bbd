//! The corpus on disk: stories, their articles and the second annotations.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use khabar_record::Document;
use serde::de::DeserializeOwned;

use super::compile::{Gold, compile};
use super::file::{ArticleFile, Layers, SecondFile, Split, StoryFile};
use super::page;

/// The folder in a corpus that is a corpus of its own, of articles written to be learnt from.
const LESSONS: &str = "lessons";

/// Something in a file that does not fit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Fault {
    /// The file, relative to the corpus.
    pub(crate) file: PathBuf,
    /// The row, empty when it is the file as a whole.
    pub(crate) place: String,
    /// What is wrong.
    pub(crate) what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.file.display())?;
        if !self.place.is_empty() {
            write!(f, "{}: ", self.place)?;
        }
        f.write_str(&self.what)
    }
}

/// One article of the corpus.
#[derive(Debug)]
pub(crate) struct Article {
    pub(crate) path: PathBuf,
    pub(crate) story: String,
    pub(crate) split: Split,
    pub(crate) file: ArticleFile,
    pub(crate) gold: Gold,
    /// The second annotation, when there is one.
    pub(crate) second: Option<Gold>,
}

impl Article {
    /// Returns the page that the article is served on, when the corpus has it.
    pub(crate) fn html_path(&self) -> PathBuf {
        self.path.with_extension("html")
    }
}

/// All articles, in the order of their ids, with all that does not fit.
#[derive(Debug)]
pub(crate) struct Corpus {
    pub(crate) articles: Vec<Article>,
    pub(crate) stories: usize,
    pub(crate) happenings: usize,
    pub(crate) faults: Vec<Fault>,
}

impl Corpus {
    /// Reads and compiles the corpus in `root`.
    pub(crate) fn load(root: &Path) -> Result<Self> {
        let mut loader = Loader { root, articles: Vec::new(), happenings: 0, faults: Vec::new() };
        let stories = folder(&root.join("articles"))?;
        for story in stories.iter().filter(|path| path.is_dir()) {
            loader.story(story)?;
        }
        loader.articles.sort_by(|a, b| a.file.id.cmp(&b.file.id));
        loader.refuse_doubles();
        loader.second()?;
        loader.answers_elsewhere();
        let Loader { articles, happenings, mut faults, .. } = loader;
        faults.sort();
        Ok(Self { articles, stories: stories.len(), happenings, faults })
    }
}

/// Reads the articles that may be learnt from: those of the open stories in `root`, and all that lie in its folder of lessons.
pub(crate) fn lessons(root: &Path) -> Result<Vec<Article>> {
    let mut articles = Corpus::load(root)?.articles;
    let beside = root.join(LESSONS);
    if beside.is_dir() {
        articles.extend(Corpus::load(&beside)?.articles);
    }
    articles.retain(|article| article.split == Split::Open);
    Ok(articles)
}

/// Reads one annotation file with the text it belongs to: an article's own, or a second one's.
pub(crate) fn load_file(path: &Path) -> Result<(ArticleFile, Gold, Vec<Fault>)> {
    let mut faults = Vec::new();
    let name = path.file_name().map(PathBuf::from).unwrap_or_default();
    let mut sink = |place, what| faults.push(Fault { file: name.clone(), place, what });
    let second = path.parent().and_then(Path::file_name).is_some_and(|folder| folder == "second");
    if !second {
        let mut file: ArticleFile = read(path)?;
        let layers = file.take_layers();
        let gold = compile(document(&mut file), &layers, &mut sink);
        return Ok((file, gold, faults));
    }
    let second: SecondFile = read(path)?;
    let story = second.id.split('-').next().unwrap_or_default();
    let root = path.parent().and_then(Path::parent).unwrap_or(Path::new(""));
    let article = root.join("articles").join(story).join(format!("{}.toml", second.id));
    let mut file: ArticleFile = read(&article)?;
    let gold = compile(document(&mut file), &second.into_layers(), &mut sink);
    Ok((file, gold, faults))
}

fn read<T: DeserializeOwned>(path: &Path) -> Result<T> {
    let text = fs::read_to_string(path).with_context(|| format!("{}", path.display()))?;
    toml::from_str(&text).with_context(|| format!("{}", path.display()))
}

/// Returns what lies in a folder, in the order of names; nothing when there is no such folder.
fn folder(path: &Path) -> Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(Vec::new());
    }
    let entries = fs::read_dir(path).with_context(|| format!("{}", path.display()))?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

/// Makes the document of an article's file; the text loses the line breaks that only lay out the file.
fn document(file: &mut ArticleFile) -> Document {
    file.text = file.text.trim_matches('\n').to_owned();
    Document {
        id: file.id.clone(),
        title: Some(file.title.clone()),
        byline: file.byline.clone(),
        outlet: Some(file.outlet.clone()),
        published: Some(file.published),
        language: Some(file.language.clone()),
        text: file.text.clone(),
        ..Document::default()
    }
}

struct Loader<'a> {
    root: &'a Path,
    articles: Vec<Article>,
    happenings: usize,
    faults: Vec<Fault>,
}

impl Loader<'_> {
    fn fault(&mut self, path: &Path, place: impl Into<String>, what: impl Into<String>) {
        let file = path.strip_prefix(self.root).unwrap_or(path).to_owned();
        self.faults.push(Fault { file, place: place.into(), what: what.into() });
    }

    /// Reads a file; one that cannot be parsed is a fault of the corpus and not of the program.
    fn read<T: DeserializeOwned>(&mut self, path: &Path) -> Result<Option<T>> {
        let text = fs::read_to_string(path).with_context(|| format!("{}", path.display()))?;
        match toml::from_str(&text) {
            Ok(file) => Ok(Some(file)),
            Err(error) => {
                self.fault(path, "", error.to_string().trim_end().replace('\n', "\n    "));
                Ok(None)
            }
        }
    }

    fn compile(&mut self, path: &Path, document: Document, layers: &Layers) -> Gold {
        let mut found = Vec::new();
        let gold = compile(document, layers, &mut |place, what| found.push((place, what)));
        for (place, what) in found {
            self.fault(path, place, what);
        }
        gold
    }

    fn story(&mut self, path: &Path) -> Result<()> {
        let head = path.join("story.toml");
        if !head.exists() {
            self.fault(path, "", "the story has no story.toml");
            return Ok(());
        }
        let Some(story) = self.read::<StoryFile>(&head)? else {
            return Ok(());
        };
        if path.file_name().is_none_or(|name| name != story.id.as_str()) {
            self.fault(&head, "", format!("the id {:?} is not the folder's name", story.id));
        }
        let mut happenings = BTreeSet::new();
        for row in &story.happening {
            if !happenings.insert(row.id.as_str()) {
                self.fault(&head, format!("happening {}", row.id), "the id stands twice");
            }
        }
        self.happenings += happenings.len();
        let mut unused = happenings.clone();
        for file in
            folder(path)?.iter().filter(|path| path.extension().is_some_and(|e| e == "toml"))
        {
            if file != &head {
                self.article(file, &story, &happenings, &mut unused)?;
            }
        }
        for id in unused {
            self.fault(&head, format!("happening {id}"), "no event is of this happening");
        }
        self.refuse_lone_pages(path)
    }

    fn article(
        &mut self,
        path: &Path,
        story: &StoryFile,
        happenings: &BTreeSet<&str>,
        unused: &mut BTreeSet<&str>,
    ) -> Result<()> {
        let Some(mut file) = self.read::<ArticleFile>(path)? else {
            return Ok(());
        };
        let layers = file.take_layers();
        let gold = self.compile(path, document(&mut file), &layers);
        self.check_head(path, &story.id, &file);
        for event in &layers.events {
            let Some(happening) = event.happening.as_deref() else {
                continue;
            };
            unused.remove(happening);
            if !happenings.contains(happening) {
                self.fault(
                    path,
                    format!("event {}", event.id),
                    format!("no happening {happening:?}"),
                );
            }
        }
        let article = Article {
            path: path.to_owned(),
            story: story.id.clone(),
            split: story.split,
            file,
            gold,
            second: None,
        };
        self.check_page(&article)?;
        self.articles.push(article);
        Ok(())
    }

    fn check_head(&mut self, path: &Path, story: &str, file: &ArticleFile) {
        if path.file_stem().is_none_or(|stem| stem != file.id.as_str()) {
            self.fault(path, "", format!("the id {:?} is not the file's name", file.id));
        }
        if !file.id.starts_with(&format!("{story}-{}-", file.language)) {
            self.fault(path, "", format!("the id does not begin with {story}-{}-", file.language));
        }
        if !matches!(file.language.as_str(), "ar" | "en") {
            self.fault(path, "", format!("unknown language {:?}", file.language));
        }
        if file.text.trim().is_empty() {
            self.fault(path, "", "the text is empty");
        }
    }

    fn check_page(&mut self, article: &Article) -> Result<()> {
        let page = article.html_path();
        match (article.file.html, page.exists()) {
            (true, false) => self.fault(&article.path, "", "html = true, but there is no page"),
            (false, true) => self.fault(&page, "", "a page whose article does not say html = true"),
            (true, true) => {
                let html = fs::read(&page).with_context(|| format!("{}", page.display()))?;
                for paragraph in page::missing_paragraphs(&html, &article.file.text) {
                    self.fault(&page, "", format!("the page lacks the paragraph {paragraph:?}"));
                }
            }
            (false, false) => {}
        }
        Ok(())
    }

    fn refuse_lone_pages(&mut self, story: &Path) -> Result<()> {
        for page in
            folder(story)?.iter().filter(|path| path.extension().is_some_and(|e| e == "html"))
        {
            if !page.with_extension("toml").exists() {
                self.fault(page, "", "a page without its article");
            }
        }
        Ok(())
    }

    fn refuse_doubles(&mut self) {
        let doubles: Vec<PathBuf> = self
            .articles
            .windows(2)
            .filter(|pair| pair[0].file.id == pair[1].file.id)
            .map(|pair| pair[1].path.clone())
            .collect();
        for path in doubles {
            self.fault(&path, "", "another article has the same id");
        }
    }

    fn second(&mut self) -> Result<()> {
        for path in folder(&self.root.join("second"))? {
            if path.extension().is_none_or(|e| e != "toml") {
                continue;
            }
            let Some(file) = self.read::<SecondFile>(&path)? else {
                continue;
            };
            if path.file_stem().is_none_or(|stem| stem != file.id.as_str()) {
                self.fault(&path, "", format!("the id {:?} is not the file's name", file.id));
            }
            let Some(at) = self.articles.iter().position(|article| article.file.id == file.id)
            else {
                self.fault(&path, "", format!("there is no article {:?}", file.id));
                continue;
            };
            let document = self.articles[at].gold.record.document.clone();
            let gold = self.compile(&path, document, &file.into_layers());
            self.articles[at].second = Some(gold);
        }
        Ok(())
    }

    /// A statement may answer one of another article, but only of its own story.
    fn answers_elsewhere(&mut self) {
        let known: BTreeMap<&str, (&str, BTreeSet<&str>)> = self
            .articles
            .iter()
            .map(|article| {
                let statements = article.gold.statement_names.iter().map(String::as_str).collect();
                (article.file.id.as_str(), (article.story.as_str(), statements))
            })
            .collect();
        let mut faults = Vec::new();
        for article in &self.articles {
            for (statement, far) in &article.gold.answers_elsewhere {
                let (id, target) = far.split_once('/').unwrap_or((far, ""));
                let what = match known.get(id) {
                    None => format!("it answers {far:?}, but there is no article {id:?}"),
                    Some((story, _)) if *story != article.story => {
                        format!("it answers {far:?}, which is of another story")
                    }
                    Some((_, statements)) if !statements.contains(target) => {
                        format!("it answers {far:?}, but there is no such statement")
                    }
                    Some(_) => continue,
                };
                let name = &article.gold.statement_names[statement.0 as usize - 1];
                faults.push((article.path.clone(), format!("statement {name}"), what));
            }
        }
        for (path, place, what) in faults {
            self.fault(&path, place, what);
        }
    }
}
